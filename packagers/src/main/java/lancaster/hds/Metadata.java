package lancaster.hds;

import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.flv.ScriptTag;

/** The stream's {@code onMetaData} (F4V annex E.5), which manifests carry for players to know what comes. */
final class Metadata {
    private static final double CODEC_AVC = 7;
    private static final double CODEC_AAC = 10;
    private static final double STEREO = 2;

    private Metadata() {}

    /** The payload of a script data tag. */
    static Bytes of(HdsDescription stream) {
        AmfObject.Builder values = AmfObject.builder();
        // 0 says that it is live.
        values.put("duration", stream.ended() ? stream.durationMs() / 1000.0 : 0);
        stream.picture().ifPresent(picture -> {
            values.put("width", picture.displayWidth());
            values.put("height", picture.height());
        });
        if (stream.tracks().hasVideo()) {
            values.put("videocodecid", CODEC_AVC);
        }
        stream.frameRate().ifPresent(rate -> values.put("framerate", rate));
        stream.aac().ifPresent(aac -> {
            values.put("audiocodecid", CODEC_AAC);
            values.put("audiosamplerate", aac.sampleRate());
            values.put("audiochannels", aac.channels());
            values.put("stereo", aac.channels() >= STEREO);
        });
        return new ScriptTag("onMetaData", Amf0Writer.write(new AmfValue.EcmaArray(values.build()))).write();
    }
}
