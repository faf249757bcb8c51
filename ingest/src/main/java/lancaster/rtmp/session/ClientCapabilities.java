package lancaster.rtmp.session;

import java.util.List;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;

/** What those who play tell the server that they can (§7.2.1.1). */
public final class ClientCapabilities {
    /** All codecs that Flash had; the newer ones are asked for by their FourCC (E-RTMP "Enhancing NetConnection connect"). */
    private static final int AUDIO_CODECS = 0x0FFF;

    private static final int VIDEO_CODECS = 0x00FF;
    private static final int VIDEO_FUNCTION_SEEK = 1;
    private static final int CAPABILITIES = 0x0F;

    private ClientCapabilities() {}

    /** @param flashVer what the client calls itself */
    public static void describe(AmfObject.Builder connect, String flashVer) {
        connect.put("flashVer", flashVer)
                .put("fpad", false)
                .put("capabilities", CAPABILITIES)
                .put("audioCodecs", AUDIO_CODECS)
                .put("videoCodecs", VIDEO_CODECS)
                .put("videoFunction", VIDEO_FUNCTION_SEEK)
                .put("fourCcList", new AmfValue.StrictArray(List.of(new AmfValue.Str("*"))));
    }
}
