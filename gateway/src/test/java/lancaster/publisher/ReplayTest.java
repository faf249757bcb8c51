package lancaster.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.Mp3Config;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.StatusReport;
import lancaster.testcard.TestCard;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final StatusReport DENIED = new StatusReport("NetStream.Publish.Denied", true, "the key is wrong");

    private final SimRunLoop loop = new SimRunLoop();
    private final FakeServer server = new FakeServer();
    private final List<String> told = new ArrayList<>();

    private Replay replay(MediaSource source, boolean reconnects) {
        Replay replay = new Replay(loop, source, server, reconnects, new RecordedListener());
        replay.start();
        loop.runDue();
        return replay;
    }

    @Test
    void sendsTheTestCardAtThePaceOfItsClock() {
        Replay replay = replay(
                new TestCard("live/card", InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")), ZoneOffset.UTC),
                false);
        loop.advanceMs(120);
        server.start();
        long before = replay.stats().pictures();
        loop.advanceMs(60_000);
        assertEquals(List.of("publishing"), told);
        long sent = replay.stats().pictures() - before;
        assertTrue(Math.abs(sent - 60 * 25) <= 1, sent + " pictures");
        for (MediaEvent event : server.events) {
            if (event instanceof AccessUnit unit) {
                assertTrue(unit.dts90k() >= Timebase.fromMs(120), "nothing of the time before the connection");
            }
        }
    }

    @Test
    void endsWithItsSource() {
        replay(new Frames(100), false);
        server.start();
        loop.advanceMs(5_000);
        assertEquals(List.of("publishing", "end"), told);
        assertTrue(server.closed);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void endsWhereItsSourceFails() {
        MediaSource broken = () -> {
            throw new IOException("disk gone");
        };
        replay(broken, true);
        server.start();
        loop.advanceMs(60_000);
        assertEquals(List.of("publishing", "source failed: disk gone"), told);
        assertTrue(server.closed);
    }

    @Test
    void failsWhereItMayNotTryAgain() {
        replay(new Frames(100), false);
        server.start();
        loop.advanceMs(1_000);
        server.listener.onClosed("the server closed the connection");
        loop.advanceMs(60_000);
        assertEquals(List.of("publishing", "failed: the server closed the connection"), told);
    }

    @Test
    void doesntInsistWhereItIsRefused() {
        replay(new Frames(100), true);
        server.listener.onRefused(DENIED);
        server.listener.onClosed(DENIED.toString());
        assertEquals(
                List.of("refused: NetStream.Publish.Denied", "failed: NetStream.Publish.Denied: the key is wrong"),
                told);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void connectsAgainAndGoesOnWhereItStood() {
        replay(new Frames(100), true);
        server.start();
        loop.advanceMs(990);
        server.listener.onClosed("reset");
        loop.advanceMs(1_000);
        server.start();
        server.listener.onClosed("reset");
        server.unreachable = true;
        loop.advanceMs(70_000);
        server.unreachable = false;
        loop.advanceMs(30_000);
        server.start();
        assertEquals(
                List.of(
                        "publishing",
                        "in PT1S: reset",
                        "publishing",
                        "in PT1S: reset",
                        "in PT2S: unreachable",
                        "in PT4S: unreachable",
                        "in PT8S: unreachable",
                        "in PT16S: unreachable",
                        "in PT30S: unreachable",
                        "in PT30S: unreachable",
                        "publishing"),
                told);
        List<Long> times = new ArrayList<>();
        long tracks = 0;
        for (MediaEvent event : server.events) {
            if (event instanceof AccessUnit unit) {
                times.add(Timebase.toMs(unit.dts90k()));
            } else {
                tracks++;
            }
        }
        assertEquals(3, tracks, "each connection is told the tracks");
        for (int i = 0; i < times.size(); i++) {
            assertEquals(i * 40L, times.get(i), "nothing is lost");
        }
    }

    @Test
    void tellsWhatTheServerSaidLast() {
        replay(new Frames(100), false);
        server.start();
        server.listener.onStatus(new StatusReport("NetConnection.Connect.Closed", false, "kicked by hand"));
        server.listener.onClosed("the server closed the connection");
        assertEquals(List.of("publishing", "failed: NetConnection.Connect.Closed: kicked by hand"), told);
    }

    /** Audio frames every 40 ms. */
    private static final class Frames implements MediaSource {
        private final int count;
        private int next = -1;

        Frames(int count) {
            this.count = count;
        }

        @Override
        public Optional<MediaEvent> next() {
            int index = next++;
            if (index < 0) {
                return Optional.of(new TrackConfigured(new Track(Track.AUDIO, new Mp3Config(Bytes.EMPTY))));
            }
            return index == count
                    ? Optional.empty()
                    : Optional.of(new AccessUnit(Track.AUDIO, Timebase.fromMs(index * 40L), 0, true, Bytes.EMPTY));
        }
    }

    private final class FakeServer implements Uplink.Dialer {
        private final List<MediaEvent> events = new ArrayList<>();
        private RtmpClientListener listener;
        private boolean unreachable;
        private boolean closed;

        void start() {
            listener.onStarted();
            loop.runDue();
        }

        @Override
        public Uplink dial(RtmpClientListener dialing) throws IOException {
            if (unreachable) {
                throw new IOException("unreachable");
            }
            listener = dialing;
            return new Uplink() {
                @Override
                public void send(MediaEvent event) {
                    events.add(event);
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }
    }

    private final class RecordedListener implements ReplayListener {
        @Override
        public void onPublishing() {
            told.add("publishing");
        }

        @Override
        public void onRefused(StatusReport status) {
            told.add("refused: " + status.code());
        }

        @Override
        public void onRetry(String why, Duration delay) {
            told.add("in " + delay + ": " + why);
        }

        @Override
        public void onEnd() {
            told.add("end");
        }

        @Override
        public void onFailed(String why) {
            told.add("failed: " + why);
        }

        @Override
        public void onSourceFailed(String why) {
            told.add("source failed: " + why);
        }
    }
}
