package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.EventDump;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.MediaEvent;
import lancaster.stream.EndReason;

/**
 * What real encoders sent, first byte to last, each about a second: {@code ffmpeg} 8, {@code ffmpeg-late} with timestamps
 * about 16777215 ms (0xFFFFFF), GStreamer's {@code rtmpsink}, which is librtmp, and its {@code rtmp2sink}.
 */
final class RecordedSessions {
    static final List<String> NAMES = List.of("ffmpeg", "ffmpeg-late", "rtmpsink", "rtmp2sink");

    private RecordedSessions() {}

    static Bytes bytes(String name) {
        return GoldenFile.media("rtmp/" + name + ".rtmp");
    }

    /** A server's whole view of the connection, with what it answers. */
    static String replay(List<ByteBuffer> pieces) {
        StringBuilder seen = new StringBuilder();
        List<MediaEvent> events = new ArrayList<>();
        List<EndReason> ends = new ArrayList<>();
        FakeTransport transport = new FakeTransport();
        RtmpServerCounters counters = new RtmpServerCounters();
        PublishHandler handler = (request, reply) -> {
            seen.append("publish ")
                    .append(request)
                    .append(' ')
                    .append(request.key())
                    .append('\n');
            reply.accept(events::add, ends::add);
        };
        SimRunLoop loop = new SimRunLoop();
        RtmpServerConnection connection = new RtmpServerConnection(
                new RtmpServerContext(RtmpSettings.DEFAULTS, loop, new SplittableRandom(1), handler, counters),
                transport,
                () -> "192.0.2.7:5000");
        pieces.forEach(connection::onBytes);
        connection.onClosed();
        seen.append(EventDump.of(events)).append("end ").append(ends).append('\n');
        FakeEncoder.decode(transport.sent())
                .forEach(answer -> seen.append("answer ").append(answer).append('\n'));
        RtmpServerStats stats = counters.stats();
        return seen.append("faults ")
                .append(stats.messageFaults().total()
                        + stats.streamFaults().total()
                        + stats.connectionFaults().total())
                .append(" stray ")
                .append(stats.strayMedia())
                .append('\n')
                .toString();
    }
}
