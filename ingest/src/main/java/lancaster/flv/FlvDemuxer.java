package lancaster.flv;

import java.util.List;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;

/**
 * Makes media events of the tags of one publication or file. Times stay the publisher's own, unwrapped to 64 bits. A
 * tag that can't be read is counted and dropped; a codec that Lancaster doesn't carry throws, once it is met, an
 * unsupported {@link ProtocolException} of scope STREAM that names it. Of each kind the first track (0) is used, the
 * others are counted.
 */
public final class FlvDemuxer {
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Consumer<MediaEvent> sink;
    private final FaultCounters faults = new FaultCounters();
    private final TimestampUnwrapper clock = new TimestampUnwrapper();
    private final AvcTrack video;
    private final AacTrack audio;

    public FlvDemuxer(Consumer<MediaEvent> sink) {
        this.sink = sink;
        video = new AvcTrack(faults, sink);
        audio = new AacTrack(faults, sink);
    }

    /** The faults so far. */
    public FlvFaults faults() {
        return faults.snapshot();
    }

    public void demux(FlvMessage message) {
        demux(message.type(), message.timestampMs(), message.payload());
    }

    /**
     * @param messageType an RTMP message type or FLV tag type: audio, video or data
     * @param timestampMs unsigned 32 bits
     */
    public void demux(int messageType, long timestampMs, Bytes payload) {
        try {
            switch (messageType) {
                case FlvMessage.AUDIO -> audio(timestampMs, AudioTag.parse(payload));
                case FlvMessage.VIDEO -> video(timestampMs, VideoTag.parse(payload));
                case FlvMessage.DATA -> data(timestampMs, ScriptTag.parse(payload));
                case FlvMessage.DATA_AMF3 -> data(timestampMs, ScriptTag.parseAmf3(payload));
                default -> faults.count(FlvFault.BAD_TAG);
            }
        } catch (ProtocolException e) {
            if (e.scope() != Scope.MESSAGE) {
                throw e;
            }
            faults.count(FlvFault.BAD_TAG);
        }
    }

    private void data(long timestampMs, ScriptTag tag) {
        sink.accept(new DataMessage(Timebase.fromMs(clock.peek(timestampMs)), tag.name(), tag.amf0()));
    }

    private void video(long timestampMs, VideoTag tag) {
        if (tag.cutShort()) {
            faults.count(FlvFault.BAD_TAG);
        }
        for (VideoPacket packet : tag.packets()) {
            if (packet.trackId() > 0) {
                faults.count(FlvFault.FURTHER_TRACK);
            } else if (packet instanceof VideoPacket.SequenceStart start) {
                require(start.codec(), FourCc.AVC);
                video.configure(start.record());
            } else if (packet instanceof VideoPacket.CodedFrame frame) {
                require(frame.codec(), FourCc.AVC);
                long dts90k = Timebase.fromMs(clock.frame(timestampMs));
                video.frame(tag.frameType(), dts90k, offset90k(tag.modifiers()), frame);
            } else if (packet instanceof VideoPacket.Mpeg2TsSequenceStart start) {
                throw refused(start.codec().codecName());
            } else if (packet instanceof VideoPacket.LegacyFrame frame) {
                throw refused(frame.codecName());
            }
        }
    }

    private void audio(long timestampMs, AudioTag tag) {
        if (tag.cutShort()) {
            faults.count(FlvFault.BAD_TAG);
        }
        for (AudioPacket packet : tag.packets()) {
            if (packet.trackId() > 0) {
                faults.count(FlvFault.FURTHER_TRACK);
            } else if (packet instanceof AudioPacket.SequenceStart start) {
                require(start.codec(), FourCc.AAC);
                audio.configure(start.record());
            } else if (packet instanceof AudioPacket.CodedFrame frame) {
                require(frame.codec(), FourCc.AAC);
                long dts90k = Timebase.fromMs(clock.frame(timestampMs)) + offset90k(tag.modifiers());
                audio.frame(dts90k, frame.data());
            } else if (packet instanceof AudioPacket.LegacyFrame frame) {
                throw refused(frame.codecName());
            }
        }
    }

    /** Nanoseconds in ticks of 1/90000 s. */
    private static int offset90k(List<ModEx> modifiers) {
        return (int) (ModEx.offsetNs(modifiers) * Timebase.HZ / NS_PER_SECOND);
    }

    private static void require(FourCc codec, FourCc supported) {
        if (!codec.equals(supported)) {
            throw refused(codec.codecName());
        }
    }

    private static ProtocolException refused(String codecName) {
        return ProtocolException.unsupported(
                Scope.STREAM, "flv", codecName + " is not supported: send H.264 video and AAC audio");
    }
}
