package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.mpegts.demux.StreamKind.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
    @Test
    void readsAProgramAssociation() {
        ByteWriter body =
                new ByteWriter().u16(0).u16(0xE010).u16(7).u16(0xF000).u16(9).u16(0xE100);
        assertEquals(
                Optional.of(new ProgramAssociation(
                        5,
                        3,
                        true,
                        0,
                        0,
                        List.of(new ProgramAssociation.Program(7, 0x1000), new ProgramAssociation.Program(9, 0x100)))),
                ProgramAssociation.parse(TsBuilder.section(0, 5, 3, body)));
    }

    @Test
    void readsAProgramMap() {
        Bytes descriptor = Bytes.of(0x0A, 4, 'd', 'e', 'u', 0);
        ByteWriter body = new ByteWriter()
                .u16(0xE100)
                .u16(0xF002)
                .u8(0x25)
                .u8(0)
                .bytes(TsBuilder.stream(0x1B, 0x100))
                .u8(0x0F)
                .u16(0xE101)
                .u16(0xF006)
                .bytes(descriptor);
        assertEquals(
                Optional.of(new ProgramMap(
                        1,
                        31,
                        true,
                        0x100,
                        Bytes.of(0x25, 0),
                        List.of(
                                new ProgramMap.Stream(0x1B, 0x100, Bytes.EMPTY),
                                new ProgramMap.Stream(0x0F, 0x101, descriptor)))),
                ProgramMap.parse(TsBuilder.section(2, 1, 31, body)));
    }

    @Test
    void refusesWhatIsCutShortOrLiesAboutItsLengths() {
        Bytes stream = TsBuilder.stream(0x1B, 0x100, 1, 2, 3);
        for (int length = 1; length < stream.length(); length++) {
            ByteWriter body = new ByteWriter().u16(0xE100).u16(0xF000).bytes(stream.slice(0, length));
            assertEquals(Optional.empty(), ProgramMap.parse(TsBuilder.section(2, 1, 0, body)), "of " + length);
        }
        ByteWriter longInfo = new ByteWriter().u16(0xE100).u16(0xF00A).zeros(9);
        assertEquals(Optional.empty(), ProgramMap.parse(TsBuilder.section(2, 1, 0, longInfo)));
        assertEquals(Optional.empty(), ProgramAssociation.parse(TsBuilder.section(0, 1, 0, new ByteWriter().zeros(5))));
        Bytes map = TsBuilder.section(2, 1, 0, new ByteWriter().u16(0xE100).u16(0xF000));
        assertEquals(Optional.empty(), ProgramAssociation.parse(map), "another table");
        assertEquals(Optional.empty(), ProgramMap.parse(map.slice(0, 11)), "too short for a head");
    }

    @ParameterizedTest
    @CsvSource({
        "1b, '', VIDEO, H.264",
        "24, '', VIDEO, HEVC",
        "02, '', VIDEO, MPEG-2 video",
        "03, '', AUDIO, MPEG audio",
        "0f, '', AUDIO, AAC",
        "11, '', AUDIO, AAC in LATM",
        "81, '', AUDIO, AC-3",
        "87, '', AUDIO, E-AC-3",
        "15, '', DATA, ID3 metadata",
        "06, 05044f707573, AUDIO, Opus",
        "06, 050441563031, VIDEO, AV1",
        "06, 6a0100, AUDIO, AC-3",
        "06, 7a0100, AUDIO, E-AC-3",
        "06, 5908646575, DATA, private PES packets",
        "06, 590864657510000100010203, DATA, DVB subtitles",
        "06, 5605646575, DATA, private PES packets",
        "06, 560564657508c0, DATA, teletext",
        "06, 0504414243ff, DATA, private PES packets ABC?",
        "86, '', DATA, SCTE-35 cue messages",
        "86, 050443554549, DATA, SCTE-35 cue messages",
        "86, 050444545331, AUDIO, DTS",
        "c0, '', DATA, stream type 0xC0",
    })
    void namesWhatAStreamIs(String type, String descriptors, Content content, String name) {
        byte[] bytes = java.util.HexFormat.of().parseHex(descriptors);
        ProgramMap.Stream stream = new ProgramMap.Stream(Integer.parseInt(type, 16), 0x100, Bytes.wrap(bytes));
        assertEquals(new StreamKind(content, name), StreamKind.of(stream));
    }
}
