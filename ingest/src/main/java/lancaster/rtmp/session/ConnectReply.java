package lancaster.rtmp.session;

import java.util.List;
import java.util.Optional;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Command;

/** The answer to {@code connect} (§7.2.1.1): what we are and, if the client speaks Enhanced RTMP, what we understand. */
public final class ConnectReply {
    /** What Flash Media Server 3 says; some encoders go on only with a version that they know. */
    private static final String SERVER_VERSION = "FMS/3,5,7,7009";

    private static final double CAPABILITIES = 31;
    /** Under this name the information says what the server is, whatever its version says. */
    private static final String IMPLEMENTATION = "implementation";

    private static final String LANCASTER = "Lancaster";
    /** Codecs that are packaged without decoding (E-RTMP "Enhancing NetConnection connect Command"). */
    private static final List<String> VIDEO_CODECS = List.of("avc1");

    private static final List<String> AUDIO_CODECS = List.of("mp4a");
    private static final double CAN_FORWARD = 4;
    /** ModEx and nanosecond offsets. Of several tracks only the first is used, so Multitrack isn't claimed. */
    private static final double CAPS_EX = 4 + 8;

    private static final List<String> ENHANCED_KEYS =
            List.of("fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx");

    private ConnectReply() {}

    static Command to(Command connect) {
        AmfObject client = connect.object(0);
        AmfObject.Builder properties =
                AmfObject.builder().put("fmsVer", SERVER_VERSION).put("capabilities", CAPABILITIES);
        if (ENHANCED_KEYS.stream().map(client::get).anyMatch(Optional::isPresent)) {
            addEnhanced(properties);
        }
        AmfObject.Builder information = NetStatus.CONNECT_SUCCESS
                .toInformation("Connection succeeded.")
                .put("objectEncoding", client.number("objectEncoding").orElse(0));
        if (PlayCommands.isLancaster(client.string("flashVer").orElse(""))) {
            information.put(IMPLEMENTATION, LANCASTER);
        }
        return new Command(
                0,
                "_result",
                connect.transactionId(),
                new AmfValue.Obj(properties.build()),
                new AmfValue.Obj(information.build()));
    }

    /** Whether who gave this information, the second argument of the answer, is a Lancaster. */
    public static boolean isLancaster(AmfObject information) {
        return information.string(IMPLEMENTATION).filter(LANCASTER::equals).isPresent();
    }

    private static void addEnhanced(AmfObject.Builder properties) {
        AmfObject.Builder video = AmfObject.builder();
        VIDEO_CODECS.forEach(codec -> video.put(codec, CAN_FORWARD));
        AmfObject.Builder audio = AmfObject.builder();
        AUDIO_CODECS.forEach(codec -> audio.put(codec, CAN_FORWARD));
        List<AmfValue> codecs = java.util.stream.Stream.of(VIDEO_CODECS, AUDIO_CODECS)
                .flatMap(List::stream)
                .<AmfValue>map(AmfValue.Str::new)
                .toList();
        properties
                .put("fourCcList", new AmfValue.StrictArray(codecs))
                .put("videoFourCcInfoMap", new AmfValue.Obj(video.build()))
                .put("audioFourCcInfoMap", new AmfValue.Obj(audio.build()))
                .put("capsEx", CAPS_EX);
    }
}
