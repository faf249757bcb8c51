package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What flows of RTMP messages say of themselves. */
class FlowMetadataTest {
    @Test
    void writesWhatFlashWrote() {
        assertEquals(Hex.bytes("54 43 04 00"), FlowMetadata.CONTROL.bytes());
        assertEquals(Hex.bytes("54 43 04 FA 89 01"), FlowMetadata.of(2_000_001).bytes());
        assertEquals(Hex.bytes("54 43 05 01"), new FlowMetadata(1, true).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 16_384, 2_000_001, Integer.MAX_VALUE, -1})
    void readsWhatItWrites(int messageStreamId) {
        for (boolean networkOrder : new boolean[] {false, true}) {
            FlowMetadata metadata = new FlowMetadata(messageStreamId, networkOrder);
            assertEquals(Optional.of(metadata), FlowMetadata.parse(metadata.bytes()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "54",
                "54 43",
                "54 43 04",
                "54 43 00 01",
                "47 43 04 00",
                "54 43 04 80",
                "54 43 04 90 80 80 80 00"
            })
    void leavesOtherFlowsToOthers(String hex) {
        assertEquals(Optional.empty(), FlowMetadata.parse(hex.isEmpty() ? Bytes.EMPTY : Hex.bytes(hex)));
    }

    @Test
    void readsNoMoreThanItKnows() {
        assertEquals(Optional.of(FlowMetadata.of(3)), FlowMetadata.parse(Hex.bytes("54 43 FC 03 00 00")));
        assertEquals(Optional.of(FlowMetadata.of(3)), FlowMetadata.parse(Hex.bytes("54 43 06 03")));
    }
}
