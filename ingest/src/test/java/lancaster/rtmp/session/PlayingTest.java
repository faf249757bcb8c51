package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import lancaster.amf.Amf0Reader;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.media.DataMessage;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.play.PlaySettings;
import lancaster.rtmp.session.PlayStage.Played;
import lancaster.stream.TimelineMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that play, in virtual time. */
class PlayingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private PlayStage stage;

    @BeforeEach
    void makesTheStage() {
        stage = new PlayStage(folder);
    }

    private FakeEncoder connected() {
        return stage.client().handshake().connect("live").call("createStream", 4);
    }

    /** A player that gets marks. */
    private FakeEncoder lancaster() {
        FakeEncoder lancaster = stage.client()
                .handshake()
                .connect("live", object -> object.put("flashVer", "LNX 9,0,124,2 (compatible; Lancaster)"))
                .call("createStream", 4);
        play(lancaster, 1, "townhall");
        return lancaster;
    }

    private FakeEncoder player() {
        return play(connected(), 1, "townhall");
    }

    private static FakeEncoder play(FakeEncoder client, int messageStreamId, String name) {
        return client.send(new Command(
                messageStreamId, "play", 5, new AmfValue.Null(), new AmfValue.Str(name), new AmfValue.Num(-2_000)));
    }

    private static FakeEncoder flag(FakeEncoder client, String command, boolean flag) {
        return client.send(
                new Command(1, command, 0, new AmfValue.Null(), new AmfValue.Bool(flag), new AmfValue.Num(0)));
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Nested
    class AskedForAWhile {
        private FakeEncoder player(double start, double duration) {
            return connected()
                    .send(new Command(
                            1,
                            "play",
                            5,
                            new AmfValue.Null(),
                            new AmfValue.Str("townhall"),
                            new AmfValue.Num(start),
                            new AmfValue.Num(duration)));
        }

        @Test
        void playsSoMuchFromItsBeginOnAndSaysSo() {
            stage.publish().run(Duration.ofMillis(2_400));
            FakeEncoder player = player(-2_000, 1_200);
            stage.run(Duration.ofSeconds(3));
            Played played = PlayStage.played(player);
            assertEquals(range(50, 50 + played.pictures().size()), played.pictures());
            assertTrue(Math.abs(played.pictures().size() - 30) <= 1, played.pictures()::toString);
            assertTrue(played.isDecodable());
            assertEquals(
                    List.of("NetStream.Play.Reset", "NetStream.Play.Start", "NetStream.Play.Stop"),
                    player.statusCodes());
            assertTrue(player.received().contains(UserControl.streamEof(1)));
            assertEquals(0, stage.stats().players());
            assertFalse(player.transport.closed);
        }

        @Test
        void takesSecondsFromWhoCountsAsTheSpecificationDoes() {
            stage.publish().run(Duration.ofMillis(80));
            FakeEncoder player = player(-2, 2);
            stage.run(Duration.ofMillis(1_800));
            assertEquals(1, stage.stats().players());
            stage.run(SECOND);
            assertEquals(0, stage.stats().players());
            assertTrue(PlayStage.played(player).pictures().size() >= 49);
        }

        @Test
        void anythingNegativeIsForEver() {
            stage.publish().run(SECOND);
            player(-2_000, -1);
            player(-2, -7);
            stage.run(Duration.ofSeconds(30));
            assertEquals(2, stage.stats().players());
        }

        @Test
        void mayPlayAgain() {
            stage.publish().run(SECOND);
            FakeEncoder player = player(-2_000, 0);
            stage.run(SECOND);
            assertEquals(0, stage.stats().players());
            play(player, 1, "townhall");
            stage.run(SECOND);
            assertEquals(1, stage.stats().players());
        }
    }

    @Nested
    class Starting {
        @Test
        void isSaidAsPlayersExpect() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            assertEquals(List.of("NetStream.Play.Reset", "NetStream.Play.Start"), player.statusCodes());
            assertTrue(player.received().contains(UserControl.streamBegin(1)));
            assertEquals(List.of("|RtmpSampleAccess"), data(player));
        }

        @Test
        void isSaidToFlashInDataToo() {
            stage.publish().run(SECOND);
            FakeEncoder flash = stage.client()
                    .handshake()
                    .connect("live", object -> object.put("objectEncoding", 3))
                    .call("createStream", 4);
            play(flash, 1, "townhall");
            assertEquals(List.of("|RtmpSampleAccess", "onStatus"), data(flash));
        }

        private static List<String> data(FakeEncoder player) {
            return player.received().stream()
                    .filter(RtmpMessage.Data.class::isInstance)
                    .map(message -> ((RtmpMessage.Data) message).payload())
                    .map(payload -> new Amf0Reader(payload).read().asString().orElse(""))
                    .toList();
        }

        @Test
        void beginsWithTheLastKeyFrameAndLacksNothingBehindIt() {
            stage.publish().run(Duration.ofMillis(3_400));
            FakeEncoder player = player();
            stage.run(SECOND);
            Played played = PlayStage.played(player);
            assertEquals(range(50, stage.frames() - 1), played.pictures().subList(0, stage.frames() - 51));
            assertTrue(played.isDecodable());
            assertEquals(0, stage.stats().cuts());
        }

        @Test
        void tellsHeadersBeforeFrames() {
            stage.publish().run(SECOND);
            List<RtmpMessage> media = player().received().stream()
                    .filter(message -> message instanceof Video || message instanceof Audio)
                    .toList();
            assertEquals(FakeEncoder.AVC_HEADER, ((Video) media.get(0)).payload());
            assertEquals(FakeEncoder.AAC_HEADER, ((Audio) media.get(1)).payload());
        }

        @Test
        void oneEncodingServesAll() {
            stage.publish().run(SECOND);
            player();
            int before = stage.memory.made();
            for (int i = 0; i < 9; i++) {
                player();
            }
            assertEquals(before, stage.memory.made());
            stage.run(SECOND);
            assertEquals(10, stage.stats().players());
            assertTrue(stage.memory.made() - before < 60, "a batch each 40 ms, whoever plays");
        }

        @Test
        void thereIsNoWayWithoutTheRightToken() {
            stage.publish().run(SECOND);
            FakeEncoder player = play(connected(), 1, "townhall?token=wrong");
            assertEquals(List.of("NetStream.Play.Failed"), player.statusCodes());
            assertEquals("the token is wrong", player.description("NetStream.Play.Failed"));
            assertEquals(1, player.counters.stats().playsRefused());
        }

        @Test
        void aClientMayPlayOnSeveralStreams() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            play(player.call("createStream", 5), 2, "townhall");
            stage.run(SECOND);
            List<RtmpMessage> all = player.received();
            for (int id = 1; id <= 2; id++) {
                int stream = id;
                Played played = new Played(all.stream()
                        .filter(message -> message instanceof Video video && video.messageStreamId() == stream)
                        .toList());
                assertTrue(played.pictures().size() > 45, "on stream " + id);
                assertTrue(played.isDecodable());
            }
        }

        @Test
        void marksGoToAnotherLancasterAlone() {
            stage.publish().run(SECOND);
            FakeEncoder lancaster = lancaster();
            FakeEncoder other = player();
            stage.run(Duration.ofSeconds(8));
            assertTrue(marks(lancaster) >= 2);
            assertEquals(0, marks(other));
            assertEquals(
                    PlayStage.played(lancaster).pictures(),
                    PlayStage.played(other).pictures());
        }

        private long marks(FakeEncoder client) {
            return PlayStage.played(client).events().stream()
                    .filter(event ->
                            event instanceof DataMessage data && data.name().equals(TimelineMessage.NAME))
                    .count();
        }
    }

    @Nested
    class WhenNobodyPublishes {
        @Test
        void waitsAndIsTold() {
            FakeEncoder player = player();
            stage.loop.advanceMs(20_000);
            assertEquals(List.of("NetStream.Play.Reset"), player.statusCodes());
            stage.publish().run(SECOND);
            assertEquals(
                    List.of("NetStream.Play.Reset", "NetStream.Play.PublishNotify", "NetStream.Play.Start"),
                    player.statusCodes());
            assertEquals(0, PlayStage.played(player).pictures().get(0));
        }

        @Test
        void isToldSoAfterAWhileAndThenClosed() {
            FakeEncoder player = player();
            stage.loop.advanceMs(30_100);
            assertEquals("nobody publishes townhall", player.description("NetStream.Play.StreamNotFound"));
            assertFalse(player.transport.finished);
            stage.loop.advanceMs(30_100);
            assertTrue(player.transport.finished);
        }

        @Test
        void isToldAtOnceWhereNobodyShallWait() {
            PlaySettings settings = PlaySettings.DEFAULTS;
            stage = new PlayStage(
                    folder, new PlaySettings(settings.batch(), settings.buffer(), Duration.ZERO, settings.stall()));
            FakeEncoder player = player();
            stage.loop.runDue();
            assertEquals(List.of("NetStream.Play.Reset", "NetStream.Play.StreamNotFound"), player.statusCodes());
        }

        @Test
        void aClientThatIsGoneWaitsNoMore() {
            FakeEncoder player = player();
            player.connection.onClosed();
            stage.publish().run(SECOND);
            assertEquals(0, stage.stats().players());
            assertEquals(0, PlayStage.played(player).pictures().size());
        }
    }

    @Nested
    class TheEnd {
        @Test
        void comesNotWithTheEncodersReconnect() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            stage.unpublish();
            stage.loop.advanceMs(3_000);
            stage.publish().run(Duration.ofSeconds(3));
            assertEquals(List.of("NetStream.Play.Reset", "NetStream.Play.Start"), player.statusCodes());
            List<Integer> pictures = PlayStage.played(player).pictures();
            assertEquals(range(0, 25), pictures.subList(0, 25));
            assertEquals(range(0, 70), pictures.subList(25, 95));
            long last = -1;
            for (var unit : PlayStage.played(player).units(true)) {
                assertTrue(unit.dts90k() > last, "times go on");
                last = unit.dts90k();
            }
        }

        @Test
        void isSaidWithAllThatPlayersRelyOnAndTheStreamMayComeAgain() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            stage.unpublish();
            stage.loop.advanceMs(21_000);
            assertEquals(
                    List.of(
                            "NetStream.Play.Reset",
                            "NetStream.Play.Start",
                            "NetStream.Play.UnpublishNotify",
                            "NetStream.Play.Stop"),
                    player.statusCodes());
            assertTrue(player.received().contains(UserControl.streamEof(1)));
            assertEquals(range(0, 25), PlayStage.played(player).pictures());
            stage.publish().run(SECOND);
            assertEquals("NetStream.Play.Start", player.statusCodes().get(5));
            assertTrue(PlayStage.played(player).pictures().size() > 45);
        }

        @Test
        void comesWithCloseStream() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            stage.run(SECOND);
            player.send(new Command(1, "closeStream", 0, new AmfValue.Null()));
            int before = PlayStage.played(player).pictures().size();
            stage.run(SECOND);
            assertEquals(before, PlayStage.played(player).pictures().size());
            assertEquals("NetStream.Play.Stop", player.statusCodes().get(2));
            assertEquals(0, stage.stats().players());
            assertEquals(0, stage.memory.held(), "nothing is kept where nobody plays");
        }

        @Test
        void comesWithTheConnection() {
            stage.publish().run(SECOND);
            player().connection.onClosed();
            stage.run(SECOND);
            assertEquals(0, stage.stats().players());
            assertEquals(1, stage.stats().plays());
            assertEquals(0, stage.memory.held());
        }
    }

    @Nested
    class Pausing {
        @Test
        void goesOnWhereItWasIfNoKeyFrameHasComeSince() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            flag(player, "pause", true);
            stage.run(Duration.ofMillis(600));
            int before = PlayStage.played(player).pictures().size();
            flag(player, "pause", false);
            stage.run(Duration.ofMillis(80));
            List<Integer> pictures = PlayStage.played(player).pictures();
            assertTrue(before < 27 && pictures.size() >= 41, pictures::toString);
            assertEquals(range(0, pictures.size()), pictures);
            assertEquals(
                    List.of("NetStream.Pause.Notify", "NetStream.Unpause.Notify"),
                    player.statusCodes().subList(2, 4));
        }

        @Test
        void goesOnAtTheLastKeyFrame() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            flag(player, "pause", true);
            stage.run(Duration.ofSeconds(6));
            flag(player, "pause", false);
            Played played = PlayStage.played(player);
            assertTrue(played.isDecodable());
            assertTrue(played.pictures().contains(150));
            assertFalse(played.pictures().contains(149));
            assertEquals(0, stage.stats().cuts(), "who paused was not slow");
        }
    }

    @Nested
    class Receiving {
        @Test
        void audioAloneCanBeHad() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            flag(player, "receiveVideo", false);
            stage.run(SECOND);
            int pictures = PlayStage.played(player).pictures().size();
            int sounds = PlayStage.played(player).units(false).size();
            stage.run(Duration.ofSeconds(2));
            assertEquals(pictures, PlayStage.played(player).pictures().size());
            assertTrue(PlayStage.played(player).units(false).size() > sounds + 80);
            flag(player, "receiveVideo", true);
            stage.run(Duration.ofSeconds(3));
            assertTrue(PlayStage.played(player).isDecodable());
            assertTrue(PlayStage.played(player).pictures().contains(101));
        }

        @Test
        void videoAloneCanBeHad() {
            stage.publish().run(SECOND);
            FakeEncoder player = player();
            flag(player, "receiveAudio", false);
            stage.run(SECOND);
            int sounds = PlayStage.played(player).units(false).size();
            stage.run(SECOND);
            assertEquals(sounds, PlayStage.played(player).units(false).size());
            flag(player, "receiveAudio", true);
            stage.run(Duration.ofSeconds(3));
            assertTrue(PlayStage.played(player).units(false).size() > sounds + 40);
        }
    }

    @Nested
    class SlowPlayers {
        @Test
        void areCutBackToAKeyFrameAndNobodyElseNotices() {
            stage.publish().run(SECOND);
            FakeEncoder slow = player();
            FakeEncoder good = player();
            stage.run(SECOND);
            slow.transport.reads = false;
            stage.run(Duration.ofSeconds(9));
            int before = PlayStage.played(slow).pictures().size();
            slow.transport.read();
            Played played = PlayStage.played(slow);
            int first = played.pictures().get(before);
            assertTrue(first % PlayStage.GROUP_FRAMES == 0 || first == before, () -> "goes on at " + first);
            assertTrue((stage.frames() - played.pictures().get(before + 1)) * PlayStage.FRAME_MS <= 2_100);
            stage.run(SECOND);
            assertTrue(PlayStage.played(slow).isDecodable());
            assertEquals(1, stage.stats().cuts());
            assertTrue(stage.stats().droppedMessages() > 300);
            assertEquals(
                    range(0, stage.frames() - 1),
                    PlayStage.played(good).pictures().subList(0, stage.frames() - 1));
        }

        @Test
        void areToldOfTheCutWhereTheyGetMarks() {
            stage.publish().run(SECOND);
            FakeEncoder lancaster = lancaster();
            FakeEncoder other = player();
            stage.run(Duration.ofSeconds(9));
            assertEquals(0, gaps(lancaster));
            lancaster.transport.reads = false;
            other.transport.reads = false;
            stage.run(Duration.ofSeconds(9));
            lancaster.transport.read();
            other.transport.read();
            stage.run(SECOND);
            assertEquals(2, stage.stats().cuts());
            assertEquals(1, gaps(lancaster));
            assertEquals(0, gaps(other));
            assertTrue(PlayStage.played(lancaster).isDecodable());
        }

        private static long gaps(FakeEncoder player) {
            return PlayStage.played(player).events().stream()
                    .filter(event -> event instanceof DataMessage message
                            && message.name().equals(TimelineMessage.GAP))
                    .count();
        }

        @Test
        void areGivenUpWhenTheyTakeNothing() {
            stage.publish().run(SECOND);
            FakeEncoder dead = player();
            dead.transport.reads = false;
            stage.run(Duration.ofSeconds(32));
            assertTrue(dead.transport.closed);
            assertEquals(1, stage.stats().stalled());
        }

        @Test
        void holdNoMemory() {
            stage.publish().run(SECOND);
            FakeEncoder slow = player();
            slow.transport.reads = false;
            stage.run(Duration.ofSeconds(20));
            assertTrue(stage.memory.held() < 130, () -> stage.memory.held() + " batches");
        }
    }

    @Test
    void otherWishesAreAnsweredAndTheStreamGoesOn() {
        stage.publish().run(SECOND);
        FakeEncoder player = player();
        player.send(new Command(1, "seek", 0, new AmfValue.Null(), new AmfValue.Num(5_000)));
        player.send(new Command(
                1,
                "play2",
                0,
                new AmfValue.Null(),
                new AmfValue.Obj(
                        AmfObject.builder().put("streamName", "townhall").build())));
        assertEquals(
                List.of("NetStream.Seek.Notify", "NetStream.Play.Transition", "NetStream.Play.Start"),
                player.statusCodes().subList(2, 5));
        stage.run(SECOND);
        assertTrue(PlayStage.played(player).isDecodable());
        player.call("FCSubscribe", 9, "townhall");
        assertEquals(1, player.received("onFCSubscribe").size());
    }
}
