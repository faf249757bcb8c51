package lancaster.stream;

import java.util.Optional;
import lancaster.amf.Amf0Reader;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ProtocolException;
import lancaster.media.DataMessage;

/**
 * Which kinds of track the metadata of a publication promises. Encoders leave it out, lie and change their minds: it
 * only shortens the wait for tracks.
 */
record MetadataHint(boolean video, boolean audio) {
    static final String METADATA = "onMetaData";
    static final MetadataHint NONE = new MetadataHint(false, false);

    /** What {@code message} says; nothing if it isn't metadata or can't be read. */
    static MetadataHint of(DataMessage message) {
        if (!message.name().equals(METADATA)) {
            return NONE;
        }
        try {
            Optional<AmfObject> object = new Amf0Reader(message.amf0()).read().asObject();
            return object.map(MetadataHint::of).orElse(NONE);
        } catch (ProtocolException e) {
            return NONE;
        }
    }

    /** Some encoders name the size of the picture but no video codec. */
    private static MetadataHint of(AmfObject metadata) {
        boolean video = isSet(metadata, "videocodecid") || isSet(metadata, "width") || isSet(metadata, "height");
        boolean audio = isSet(metadata, "audiocodecid") || isSet(metadata, "audiosamplerate");
        return new MetadataHint(video, audio);
    }

    private static boolean isSet(AmfObject metadata, String name) {
        Optional<AmfValue> value = metadata.get(name);
        boolean zero = value.map(v -> v.asNumber().orElse(-1) == 0).orElse(true);
        boolean blank = value.flatMap(AmfValue::asString).map(String::isEmpty).orElse(false);
        boolean absent = value.map(v -> v instanceof AmfValue.Null || v instanceof AmfValue.Undefined)
                .orElse(true);
        return !zero && !blank && !absent;
    }
}
