package lancaster.probe;

import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.flv.AudioPacket;
import lancaster.flv.AudioTag;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFault;
import lancaster.flv.FlvFaults;
import lancaster.flv.FlvMessage;
import lancaster.flv.VideoPacket;
import lancaster.flv.VideoTag;
import lancaster.media.Timebase;
import lancaster.media.Track;

/**
 * Measures FLV tags, of a file, of HTTP or of RTMP. What the demuxer refuses for its codec is measured by what its tags
 * say.
 */
final class FlvProbe {
    private final StreamProbe stream;
    private final FlvDemuxer demuxer;
    private boolean foreignVideo;
    private boolean foreignAudio;
    private long badTags;
    private long nowNs;

    FlvProbe(StreamProbe stream) {
        this.stream = stream;
        this.demuxer = new FlvDemuxer(event -> stream.accept(event, nowNs));
    }

    void accept(FlvMessage tag, long arrivalNs) {
        nowNs = arrivalNs;
        boolean foreign =
                tag.type() == FlvMessage.VIDEO ? foreignVideo : tag.type() == FlvMessage.AUDIO && foreignAudio;
        try {
            if (!foreign) {
                demuxer.demux(tag);
                return;
            }
        } catch (ProtocolException e) {
            if (e.scope() == Scope.CONNECTION || e.kind() != ProtocolException.Kind.UNSUPPORTED) {
                badTags++;
                return;
            }
            foreignVideo |= tag.type() == FlvMessage.VIDEO;
            foreignAudio |= tag.type() == FlvMessage.AUDIO;
        }
        try {
            foreign(tag);
        } catch (ProtocolException e) {
            badTags++;
        }
    }

    private void foreign(FlvMessage tag) {
        long dts90k = Timebase.fromMs(tag.timestampMs());
        if (tag.type() == FlvMessage.VIDEO) {
            VideoTag video = VideoTag.parse(tag.payload());
            for (VideoPacket packet : video.packets()) {
                if (packet instanceof VideoPacket.CodedFrame frame) {
                    foreign(
                            Track.VIDEO + frame.trackId(),
                            frame.codec().codecName(),
                            dts90k,
                            Timebase.fromMs(frame.compositionTimeMs()),
                            video.frameType().isKey(),
                            frame.data());
                } else if (packet instanceof VideoPacket.LegacyFrame frame) {
                    foreign(
                            Track.VIDEO,
                            frame.codecName(),
                            dts90k,
                            0,
                            video.frameType().isKey(),
                            frame.data());
                }
            }
        } else if (tag.type() == FlvMessage.AUDIO) {
            for (AudioPacket packet : AudioTag.parse(tag.payload()).packets()) {
                if (packet instanceof AudioPacket.CodedFrame frame) {
                    String codec = frame.codec().codecName();
                    foreign(Track.AUDIO + frame.trackId(), codec, dts90k, 0, true, frame.data());
                } else if (packet instanceof AudioPacket.LegacyFrame frame) {
                    foreign(Track.AUDIO, frame.codecName(), dts90k, 0, true, frame.data());
                }
            }
        }
    }

    private void foreign(int trackId, String codec, long dts90k, long cts90k, boolean randomAccess, Bytes data) {
        stream.foreign(trackId, codec, dts90k, cts90k, randomAccess, data.length(), nowNs);
    }

    /** What the demuxer had to count, in words. */
    Map<String, Long> faults() {
        Map<String, Long> words = new TreeMap<>();
        FlvFaults faults = demuxer.faults();
        for (FlvFault fault : FlvFault.values()) {
            if (faults.count(fault) > 0) {
                words.put(word(fault), faults.count(fault));
            }
        }
        if (badTags > 0) {
            words.merge(word(FlvFault.BAD_TAG), badTags, Long::sum);
        }
        return words;
    }

    private static String word(FlvFault fault) {
        return switch (fault) {
            case BAD_TAG -> "tags that break their format";
            case FURTHER_TRACK -> "tags of further tracks";
            case FRAME_WITHOUT_CONFIGURATION -> "frames before their configuration";
            case EMPTY_FRAME -> "empty frames";
            case COMPOSITION_TIME -> "composition times that can't be meant";
            case NAL_FRAMING -> "frames with wrongly framed NAL units";
            case KEY_FLAG -> "frames whose key flag is wrong";
        };
    }
}
