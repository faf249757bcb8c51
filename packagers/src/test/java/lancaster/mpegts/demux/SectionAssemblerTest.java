package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SectionAssemblerTest {
    private static final Bytes SHORT = TsBuilder.section(2, 1, 3, new ByteWriter().zeros(20));
    private static final Bytes LONG = TsBuilder.section(2, 2, 3, new ByteWriter().zeros(700));

    private final List<Object> heard = new ArrayList<>();
    private final SectionAssembler assembler =
            new SectionAssembler(SectionAssembler.PSI_LIMIT_BYTES, new SectionListener() {
                @Override
                public void onSection(Bytes section) {
                    heard.add(section);
                }

                @Override
                public void onFault(TsFault fault) {
                    heard.add(fault);
                }
            });

    private void start(int pointer, Bytes... parts) {
        Bytes payload = Bytes.concat(Bytes.of(pointer), Bytes.concat(parts));
        assembler.payload(payload.toArray(), 0, payload.length(), true);
    }

    private void more(Bytes payload) {
        assembler.payload(payload.toArray(), 0, payload.length(), false);
    }

    @Test
    void aSectionMayFillPartOfAPacket() {
        start(0, SHORT, Bytes.of(0xFF, 0xFF));
        assertEquals(List.of(SHORT), heard);
    }

    @Test
    void severalMayShareOne() {
        start(0, SHORT, SHORT, SHORT, Bytes.of(0xFF));
        assertEquals(List.of(SHORT, SHORT, SHORT), heard);
    }

    @Test
    void oneMayNeedSeveralAndEndWhereAnotherBegins() {
        start(0, LONG.slice(0, 183));
        more(LONG.slice(183, 184));
        more(LONG.slice(367, 184));
        start(LONG.length() - 551, LONG.slice(551), SHORT, Bytes.of(0xFF));
        assertEquals(List.of(LONG, SHORT), heard);
    }

    @Test
    void itDoesNotMatterWhereItIsCut() {
        for (int cut = 1; cut <= LONG.length(); cut++) {
            heard.clear();
            start(0, LONG.slice(0, cut));
            more(LONG.slice(cut));
            assertEquals(List.of(LONG), heard, "cut at " + cut);
        }
        heard.clear();
        start(0, LONG.slice(0, 1));
        for (int i = 1; i < LONG.length(); i++) {
            more(LONG.slice(i, 1));
        }
        assertEquals(List.of(LONG), heard, "byte by byte");
    }

    @Test
    void aWrongCheckSumIsAFault() {
        byte[] broken = SHORT.toArray();
        broken[10] ^= 1;
        start(0, Bytes.wrap(broken), SHORT);
        assertEquals(List.of(TsFault.SECTION_CRC, SHORT), heard);
    }

    @Test
    void aSectionBeyondTheLimitIsAFaultAndTheNextIsRead() {
        start(0, TsBuilder.section(2, 1, 0, new ByteWriter().zeros(1200)).slice(0, 180));
        start(0, SHORT);
        assertEquals(List.of(TsFault.BAD_SECTION, SHORT), heard);
    }

    @Test
    void oneThatIsCutShortByTheNextIsAFault() {
        start(0, LONG.slice(0, 183));
        start(0, SHORT);
        assertEquals(List.of(TsFault.BAD_SECTION, SHORT), heard);
    }

    @Test
    void aPointerBeyondThePacketIsAFault() {
        start(200, SHORT);
        start(0, SHORT);
        assertEquals(List.of(TsFault.BAD_SECTION, SHORT), heard);
    }

    @Test
    void whatWasBegunBeforeALossIsForgotten() {
        start(0, LONG.slice(0, 183));
        assembler.drop();
        more(LONG.slice(183));
        start(0, SHORT);
        assertEquals(List.of(SHORT), heard);
    }

    @Test
    void everySectionOfALengthUpToTheLimitIsRead() {
        Bytes largest = TsBuilder.section(2, 1, 0, new ByteWriter().zeros(1012));
        assertEquals(1024, largest.length());
        start(0, largest);
        assertEquals(List.of(largest), heard);
    }
}
