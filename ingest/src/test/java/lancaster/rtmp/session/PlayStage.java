package lancaster.rtmp.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.play.FanOuts;
import lancaster.rtmp.play.HeapChunks;
import lancaster.rtmp.play.PlayMeters;
import lancaster.rtmp.play.PlaySettings;
import lancaster.rtmp.play.PlayStats;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;

/** A server in virtual time with one encoder, 25 pictures a second and AAC, and any number of players. */
final class PlayStage {
    static final StreamPath PATH = StreamPath.parse("live/townhall");
    static final int FRAME_MS = 40;
    /** A key frame every two seconds. */
    static final int GROUP_FRAMES = 50;

    private static final int AUDIO_A_FRAME = 2;

    final SimRunLoop loop = new SimRunLoop();
    final StreamRegistry streams;
    final HeapChunks.Memory memory = new HeapChunks.Memory();
    final PlayMeters meters = new PlayMeters();
    final Playback playback;
    private final StreamSettings settings;
    private final PublishHandler publishing;
    private FakeEncoder encoder;
    private int frames;
    private int frameBytes = 1_000;

    PlayStage(Path state) {
        this(state, PlaySettings.DEFAULTS);
    }

    PlayStage(Path state, PlaySettings play) {
        streams = new StreamRegistry(
                new TimelineDirectory(state, loop),
                () -> Instant.ofEpochMilli(1_800_000_000_000L + loop.nowNs() / 1_000_000),
                new SplittableRandom(1));
        streams.addListener(meters);
        settings = StreamSettings.DEFAULTS;
        FanOuts outs = new FanOuts("rtmp", loop, play, memory, streams, meters);
        playback = new Playback(
                (request, reply) -> {
                    if (request.parameter()
                            .apply("token")
                            .filter("wrong"::equals)
                            .isPresent()) {
                        reply.refuse(NetStatus.PLAY_FAILED, "the token is wrong");
                    } else {
                        reply.accept();
                    }
                },
                outs,
                play);
        publishing = (request, reply) -> {
            PublisherInfo info = new PublisherInfo("rtmp", request.remoteAddress(), request.encoder());
            if (streams.publish(request.path(), info, request.control(), loop, settings)
                    instanceof PublishOutcome.Accepted accepted) {
                reply.accept(accepted.publication());
            }
        };
        encoder = client();
    }

    /** How large pictures are; key frames are four times as large. */
    PlayStage frameBytes(int bytes) {
        frameBytes = bytes;
        return this;
    }

    FakeEncoder client() {
        return new FakeEncoder(loop, publishing, RtmpSettings.DEFAULTS, Optional.of(playback));
    }

    /** An encoder begins. */
    PlayStage publish() {
        encoder = client().publish("live", "townhall");
        encoder.send(new Video(1, 0, FakeEncoder.AVC_HEADER)).send(new Audio(1, 0, FakeEncoder.AAC_HEADER));
        frames = 0;
        return this;
    }

    PlayStage unpublish() {
        encoder.call("FCUnpublish", 6, "townhall");
        return this;
    }

    /** The encoder goes on for so long, in real time. */
    PlayStage run(Duration time) {
        for (int i = 0; i < time.toMillis() / FRAME_MS; i++) {
            frame();
        }
        return this;
    }

    PlayStage frame() {
        long ms = (long) frames * FRAME_MS;
        boolean key = frames % GROUP_FRAMES == 0;
        encoder.send(new Video(1, ms, picture(key)));
        for (int i = 0; i < AUDIO_A_FRAME; i++) {
            long sample = ((long) frames * AUDIO_A_FRAME + i) * 1_024;
            encoder.send(new Audio(1, Math.min(ms + FRAME_MS, sample * 1_000 / 48_000), FakeEncoder.AAC_FRAME));
        }
        frames++;
        loop.advanceMs(FRAME_MS);
        return this;
    }

    /** The number of the next picture. */
    int frames() {
        return frames;
    }

    private Bytes picture(boolean key) {
        byte[] bytes = new byte[5 + 4 + (key ? 4 * frameBytes : frameBytes)];
        bytes[0] = (byte) (key ? 0x17 : 0x27);
        bytes[1] = 1;
        int length = bytes.length - 9;
        for (int i = 0; i < 4; i++) {
            bytes[5 + i] = (byte) (length >> (24 - 8 * i));
            bytes[10 + i] = (byte) (frames >> (24 - 8 * i));
        }
        bytes[9] = (byte) (key ? 0x65 : 0x41);
        return Bytes.wrap(bytes);
    }

    PlayStats stats() {
        return meters.stats(PATH);
    }

    /** What the server sent to {@code client} of the stream. */
    static Played played(FakeEncoder client) {
        return new Played(client.received());
    }

    /** The media among messages. */
    record Played(List<RtmpMessage> messages) {
        /** The numbers of the pictures. */
        List<Integer> pictures() {
            return units(true).stream().map(unit -> unit.payload().i32(5)).toList();
        }

        List<AccessUnit> units(boolean video) {
            List<AccessUnit> units = new ArrayList<>();
            for (MediaEvent event : events()) {
                if (event instanceof AccessUnit unit && (unit.trackId() < 0x100) == video) {
                    units.add(unit);
                }
            }
            return units;
        }

        /** As a player understands them. */
        List<MediaEvent> events() {
            List<MediaEvent> events = new ArrayList<>();
            FlvDemuxer demuxer = new FlvDemuxer(events::add);
            for (RtmpMessage message : messages) {
                if (message instanceof Video video) {
                    demuxer.demux(MessageType.VIDEO, video.timestampMs(), video.payload());
                } else if (message instanceof Audio audio) {
                    demuxer.demux(MessageType.AUDIO, audio.timestampMs(), audio.payload());
                } else if (message instanceof Data data && !data.payload().startsWith(Bytes.of(2, 0, 17))) {
                    demuxer.demux(data.typeId(), data.timestampMs(), data.payload());
                }
            }
            return events;
        }

        /** Whether every picture follows the one before it, or is a key frame. */
        boolean isDecodable() {
            int last = -2;
            boolean first = true;
            for (AccessUnit unit : units(true)) {
                int number = unit.payload().i32(5);
                if (!unit.randomAccess() && (first || number != last + 1)) {
                    return false;
                }
                first = false;
                last = number;
            }
            return true;
        }
    }
}
