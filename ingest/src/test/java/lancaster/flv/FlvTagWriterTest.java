package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.ByteSink;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.CodecConfig.OpusConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

class FlvTagWriterTest {
    private static final Track VIDEO = new Track(Track.VIDEO, new AvcConfig(Bytes.of(1, 0x64, 0, 0x1F)));
    private static final Track AUDIO = new Track(Track.AUDIO, new AacConfig(Bytes.of(0x11, 0x90), 48_000, 1024, 2));
    private static final AccessUnit KEY =
            new AccessUnit(Track.VIDEO, Timebase.fromMs(0x1234_5678L), 45, true, Bytes.of(0, 0, 0, 1, 0x65));
    private static final AccessUnit INTER =
            new AccessUnit(Track.VIDEO, Timebase.fromMs(0x1234_5679L), -3600, false, Bytes.of(0, 0, 0, 1, 0x41));
    private static final AccessUnit SOUND =
            new AccessUnit(Track.AUDIO, Timebase.fromMs(0x1234_567AL), 0, true, Bytes.of(0x21));

    private final ByteWriter out = new ByteWriter();
    private final ByteSink sink = out::bytes;
    private final FlvTagWriter writer = new FlvTagWriter(sink);

    @Test
    void writesWhatTheMuxerAndTheFileWriterWrite() {
        ByteWriter expected = new ByteWriter();
        FlvFileWriter file = new FlvFileWriter(expected::bytes, true, true);
        expected.reset();
        FlvMuxer muxer = new FlvMuxer(file::write);
        muxer.mux(new TrackConfigured(VIDEO));
        muxer.mux(new TrackConfigured(AUDIO));
        muxer.mux(KEY);
        muxer.mux(INTER);
        muxer.mux(SOUND);
        writer.configuration(VIDEO, 0x1234_5678L);
        writer.configuration(AUDIO, 0x1234_5678L);
        writer.accessUnit(KEY, 0x1234_5678L);
        writer.accessUnit(INTER, 0x1234_5679L);
        writer.accessUnit(SOUND, 0x1234_567AL);
        assertEquals(expected.bytes(), out.bytes());
        assertEquals(out.length(), writer.written());
    }

    @Test
    void writesScriptData() {
        writer.script(Bytes.of(2, 0, 1, 'x'), 7);
        assertEquals(Bytes.of(18, 0, 0, 4, 0, 0, 7, 0, 0, 0, 0, 2, 0, 1, 'x', 0, 0, 0, 15), out.bytes());
    }

    @Test
    void refusesWhatTagsOfThisFormCantHold() {
        Track opus = new Track(Track.AUDIO, new OpusConfig(Bytes.EMPTY));
        Track second = new Track(Track.AUDIO + 1, AUDIO.config());
        assertThrows(ProtocolException.class, () -> writer.configuration(opus, 0));
        assertThrows(ProtocolException.class, () -> writer.configuration(second, 0));
        AccessUnit huge = new AccessUnit(Track.VIDEO, 0, 0, true, Bytes.wrap(new byte[1 << 24]));
        assertThrows(ProtocolException.class, () -> writer.accessUnit(huge, 0));
        assertEquals(0, out.length(), "nothing is half written");
    }
}
