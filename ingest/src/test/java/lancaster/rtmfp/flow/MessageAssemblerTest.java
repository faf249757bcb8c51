package lancaster.rtmfp.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FragmentControl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages out of fragments (RFC 7016 §3.6.3.3). A fragment is written as its number, W, B, M or E for its place in the
 * message, and its text; {@code >5} says that all through 5 was received or abandoned.
 */
class MessageAssemblerTest {
    private static final class Out implements MessageAssembler.Output {
        private final StringBuilder text = new StringBuilder();
        private long held;

        @Override
        public void message(Bytes message) {
            text.append(new String(message.toArray(), StandardCharsets.US_ASCII))
                    .append(' ');
        }

        @Override
        public void gap() {
            text.append("- ");
        }

        @Override
        public void freed(int fragments, long bytes) {
            held -= bytes;
        }
    }

    private static String deliver(MessageAssembler assembler, Out out, String input) {
        for (String step : input.split(" ", -1)) {
            if (step.startsWith(">")) {
                assembler.advance(Long.parseLong(step.substring(1)));
                continue;
            }
            Bytes data = Bytes.wrap(step.substring(2).getBytes(StandardCharsets.US_ASCII));
            FragmentControl control =
                    switch (step.charAt(1)) {
                        case 'W' -> FragmentControl.WHOLE;
                        case 'B' -> FragmentControl.BEGIN;
                        case 'M' -> FragmentControl.MIDDLE;
                        default -> FragmentControl.END;
                    };
            out.held += data.length();
            assembler.add(step.charAt(0) - '0', control, data);
        }
        if (assembler.isEmpty()) {
            assertEquals(0, out.held);
        } else {
            assertTrue(out.held > 0);
        }
        return out.text.toString().strip();
    }

    @ParameterizedTest
    @CsvSource({
        "1Wa >1 2Wb >2, a b",
        "2Wb >0 1Wa >2, a b",
        "1Bab >1 2Mcd >2 3Eef >3, abcdef",
        "3Eef >0 2Mcd >0 1Bab >3, abcdef",
        "1Bab >1 3Wx >1 >3, - x",
        "2Wb >2, - b",
        "2Ecd >2 3We >3, - e",
        "1Ba >1 2Wb >2, - b",
        "1Ba >1 2Bb >2 3Ec >3, - bc",
        "1Ba >1, ''",
        "1Wa >1 5We >5, a - e"
    })
    void inOriginalOrder(String input, String delivered) {
        Out out = new Out();
        assertEquals(delivered, deliver(new OriginalOrder(out), out, input));
    }

    @ParameterizedTest
    @CsvSource({
        "2Wb >0 1Wa >2, b a",
        "3Eef >0 2Mcd >0 1Bab >3, abcdef",
        "4Bx >0 5Ey >0 1Ba >1, xy",
        "2Eb >0 3Wc >0 1Ba >3, c ab",
        "2Ecd >2 3We >3, e",
        "1Ba >1 >3, ''",
        "1Ba >1 2Ea >2, aa"
    })
    void inNetworkOrder(String input, String delivered) {
        Out out = new Out();
        assertEquals(delivered, deliver(new NetworkOrder(out), out, input));
    }
}
