package lancaster.receiver;

import static lancaster.receiver.ReceiverHouse.GROUP;
import static lancaster.receiver.ReceiverHouse.PATH;
import static lancaster.receiver.ReceiverHouse.PORT;
import static lancaster.receiver.ReceiverHouse.SENDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.fec.FecEncoder;
import lancaster.fec.FecSettings;
import lancaster.fec.FecSink;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.mpegts.demux.AvcSamples;
import lancaster.mpegts.demux.TsBuilder;
import lancaster.receiver.ReceiverNews.Kind;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.SecondPublisher;
import lancaster.stream.StreamSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that come in, in virtual time: as they should, and in all the ways they shouldn't. */
@Tag("sim")
class ReceiverSim {
    @TempDir
    Path folder;

    @Nested
    class WhenAllIsWell {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void everyPictureAndEveryFrameComesOut(boolean bare) {
            String url = (bare ? "udp://" : "rtp://") + GROUP + ":" + PORT;
            ReceiverHouse house = new ReceiverHouse(folder, url);
            TsSender sender = bare ? TsSender.udp() : TsSender.rtp();
            house.send(sender, 250).assertOrdered();
            assertEquals(249, house.pictures(), "all but the last, of which nobody knows that it is complete");
            assertEquals(468, house.units(Track.AUDIO).size(), 2);
            assertEquals(0, house.discontinuities());
            assertEquals(List.of(Kind.JOINED, Kind.HEARD, Kind.TRACKS, Kind.PUBLISHED), house.kinds());
            assertEquals("the stream consists of AAC, H.264", house.told(Kind.TRACKS));
            ReceptionStats stats = house.stats();
            assertTrue(stats.live());
            assertEquals(bare ? "TS" : "RTP", stats.form());
            assertEquals(0, stats.program().orElseThrow().faults().total());
            assertEquals(0, stats.transport().orElseThrow().errors().priority1());
        }

        @Test
        void theSocketsOfParityAreOpenBesideTheMedia() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            assertEquals(
                    List.of(5004, 5006, 5008),
                    house.network.open().stream()
                            .map(socket -> socket.settings.address().getPort())
                            .toList());
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void itDoesNotMatterWhetherTheUrlIsRightAboutRtp(boolean bare) {
            ReceiverHouse house = new ReceiverHouse(folder, (bare ? "rtp://" : "udp://") + GROUP + ":" + PORT);
            house.send(bare ? TsSender.udp() : TsSender.rtp(), 100).assertOrdered();
            assertEquals(99, house.pictures());
        }

        @Test
        void soundAloneIsAStreamToo() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            sender.list(new ByteWriter().bytes(TsBuilder.stream(0x0F, TsBuilder.AUDIO_PID)));
            sender.sendsPictures = false;
            house.send(sender, 100);
            assertTrue(house.units(Track.AUDIO).size() > 150);
        }

        @Test
        void picturesAloneAreAStreamToo() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            sender.list(new ByteWriter().bytes(TsBuilder.stream(0x1B, TsBuilder.VIDEO_PID)));
            sender.sendsSound = false;
            house.send(sender, 100);
            assertEquals(99, house.pictures());
        }

        @Test
        void nothingIsScheduledAfterItIsClosed() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.send(TsSender.rtp(), 100);
            house.receiver.close();
            house.seconds(60);
            assertEquals(List.of(), house.network.open());
            assertEquals(0, house.loop.pendingTimers());
        }
    }

    @Nested
    class WhenTheSourceComesAndGoes {
        @Test
        void theStreamWaitsAndGoesOnBehindADiscontinuity() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            house.send(sender, 100).seconds(10);
            assertFalse(house.stats().live());
            assertTrue(house.stats().ways().get(0).silence().isPresent());
            house.send(sender, 100).assertOrdered();
            assertTrue(house.stats().live());
            assertEquals(2, house.stats().publications());
            assertEquals(1, house.discontinuities());
            assertEquals(100 - 1 + 100 - 1, house.pictures());
            assertEquals(Optional.empty(), house.stats().ways().get(0).silence());
            assertTrue(house.told(Kind.BACK).startsWith("datagrams come again for 239.1.2.3:5004 on lo after "));
        }

        @Test
        void aPauseOfTwoSecondsIsNoEnd() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            house.send(sender, 100).seconds(2).send(sender, 100);
            assertEquals(1, house.stats().publications());
            assertFalse(house.kinds().contains(Kind.SILENT));
        }

        @Test
        void aSourceThatBeginsAnewWithOtherNumbersIsFollowed() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.send(TsSender.rtp(), 100).seconds(1);
            house.send(new TsSender(false, 77, 3, 5_000_000_000L), 100).assertOrdered();
            assertEquals(1, house.discontinuities());
            assertTrue(house.pictures() >= 196, () -> house.pictures() + " pictures");
            assertEquals(1, house.stats().rtp().orElseThrow().order().restarts());
        }

        @Test
        void aSequenceThatJumpsIsFollowed() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            house.send(sender, 100);
            sender.skip(20_000);
            house.send(sender, 100).assertOrdered();
            assertTrue(house.pictures() >= 170, () -> house.pictures() + " pictures");
        }

        @Test
        void aBareSenderMayTakeOver() {
            ReceiverHouse house = new ReceiverHouse(folder, "udp://" + GROUP + ":" + PORT);
            house.send(TsSender.udp(), 100).seconds(1);
            house.send(TsSender.udp(), 100, "10.0.0.6", datagrams -> datagrams).assertOrdered();
            assertTrue(house.pictures() >= 196, () -> house.pictures() + " pictures");
        }

        @Test
        void anHourOfComingsAndGoingsLeavesNothingBehind() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 60; i++) {
                TsSender sender = new TsSender(false, i, random.nextInt(65_536), random.nextLong(1L << 33));
                house.send(sender, 50 + random.nextInt(100)).seconds(random.nextInt(60));
            }
            house.assertOrdered();
            assertEquals(3, house.network.open().size());
            assertTrue(house.loop.pendingTimers() < 10, () -> house.loop.pendingTimers() + " timers");
        }
    }

    @Nested
    class WhenOthersSendToo {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void aForeignStreamOnThePortChangesNothing(boolean bare) {
            ReceiverHouse house = new ReceiverHouse(folder, (bare ? "udp://" : "rtp://") + GROUP + ":" + PORT);
            TsSender ours = bare ? TsSender.udp() : TsSender.rtp();
            TsSender foreign = new TsSender(bare, 99, 1, 77_000);
            house.send(ours, 10);
            for (int i = 0; i < 200; i++) {
                foreign.next().forEach(datagram -> house.network.deliver(GROUP, PORT, datagram, "10.0.0.9"));
                house.send(ours, 1);
            }
            house.seconds(1).assertOrdered();
            assertEquals(209, house.pictures());
            assertEquals(0, house.discontinuities());
            assertEquals(200, house.stats().foreign());
        }

        @Test
        void bareDatagramsAmongThoseOfRtpAreForeign() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender ours = TsSender.rtp();
            TsSender foreign = TsSender.udp();
            house.send(ours, 10);
            for (int i = 0; i < 100; i++) {
                foreign.next().forEach(datagram -> house.network.deliver(GROUP, PORT, datagram, "10.0.0.9"));
                house.send(ours, 1);
            }
            assertEquals(109, house.seconds(1).pictures());
            assertEquals(100, house.stats().foreign());
        }

        @ParameterizedTest
        @MethodSource("lancaster.kit.Seeds#some")
        void garbageIsSurvived(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender ours = TsSender.rtp();
            house.send(ours, 200, SENDER, datagrams -> {
                List<byte[]> all = new ArrayList<>(datagrams);
                byte[] garbage = new byte[random.nextInt(1_500)];
                random.nextBytes(garbage);
                if (garbage.length > 20 && random.nextBoolean()) {
                    // Nearly RTP.
                    garbage[0] = (byte) 0x80;
                    garbage[1] = 33;
                    garbage[12] = 0x47;
                }
                all.add(random.nextInt(all.size() + 1), garbage);
                return all;
            });
            house.assertOrdered();
            assertEquals(199, house.pictures());
        }
    }

    @Nested
    class WhenDatagramsAreLost {
        @ParameterizedTest
        @MethodSource("lancaster.kit.Seeds#some")
        void theyComeInAnyOrderAndSomeTwice(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            List<byte[]> held = new ArrayList<>();
            TsSender sender = TsSender.rtp();
            house.send(sender, 30).send(sender, 200, SENDER, datagrams -> {
                List<byte[]> now = new ArrayList<>(held);
                held.clear();
                for (byte[] datagram : datagrams) {
                    (random.nextInt(4) == 0 ? held : now).add(datagram);
                    if (random.nextInt(10) == 0) {
                        now.add(datagram);
                    }
                }
                java.util.Collections.shuffle(now, new java.util.Random(random.nextLong()));
                return now;
            });
            house.assertOrdered();
            assertEquals(0, house.stats().rtp().orElseThrow().order().lost());
            assertTrue(house.pictures() >= 227, () -> house.pictures() + " pictures");
        }

        @Test
        void picturesGoOnAtTheNextKeyFrame() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            int[] count = {0};
            house.send(TsSender.rtp(), 250, SENDER, datagrams -> count[0]++ % 60 == 30 ? List.of() : datagrams);
            house.assertOrdered();
            assertTrue(house.pictures() > 150 && house.pictures() < 245, () -> house.pictures() + " pictures");
            assertTrue(house.stats().program().orElseThrow().faults().total() > 0);
        }

        @Test
        void parityThatWasNotAnnouncedRepairs() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            FecEncoder parity = new FecEncoder(new FecSettings(5, 5, false), 100, 200, new FecSink() {
                @Override
                public void onColumn(byte[] array, int offset, int length) {
                    byte[] packet = java.util.Arrays.copyOfRange(array, offset, offset + length);
                    house.network.deliver(GROUP, PORT + 2, packet, SENDER);
                }

                @Override
                public void onRow(byte[] array, int offset, int length) {}
            });
            int[] count = {0};
            TsSender sender = TsSender.rtp();
            sender.padding = 50;
            house.send(sender, 300, SENDER, datagrams -> {
                List<byte[]> kept = new ArrayList<>();
                for (byte[] datagram : datagrams) {
                    parity.onMedia(datagram, 0, datagram.length);
                    // One of 23 is lost, once the matrix is known and waited for; the last matrix has no parity yet.
                    if (++count[0] < 300 || count[0] > 2_000 || count[0] % 23 != 0) {
                        kept.add(datagram);
                    }
                }
                return kept;
            });
            house.assertOrdered().seconds(1);
            assertEquals(299, house.pictures());
            assertTrue(house.stats().rtp().orElseThrow().order().recovered() > 5);
            assertEquals(0, house.stats().rtp().orElseThrow().order().lost());
        }
    }

    @Nested
    class WhenItComesByTwoWays {
        private static final String OTHER = "239.1.2.4";

        private final TsSender sender = TsSender.rtp();
        private ReceiverHouse house;

        @BeforeEach
        void join() {
            house = new ReceiverHouse(folder, "rtp://" + GROUP + ":" + PORT, "rtp://" + OTHER + ":" + PORT);
        }

        private void send(int pictures, double first, double second, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            house.send(sender, pictures, SENDER, datagrams -> {
                datagrams.stream()
                        .filter(datagram -> random.nextDouble() >= second)
                        .forEach(datagram -> house.network.deliver(OTHER, PORT, datagram, SENDER));
                return datagrams.stream()
                        .filter(datagram -> random.nextDouble() >= first)
                        .toList();
            });
        }

        @Test
        void oneFillsTheGapsOfTheOther() {
            send(10, 0, 0, 1);
            send(300, 0.1, 0, 2);
            send(300, 0, 0.3, 3);
            house.assertOrdered();
            assertEquals(609, house.pictures());
            assertEquals(0, house.discontinuities());
        }

        @Test
        void theLossOfOneIsToldAndTheStreamGoesOn() {
            send(100, 0, 0, 1);
            send(250, 0, 1, 2);
            house.assertOrdered();
            assertEquals(349, house.pictures());
            assertEquals(1, house.stats().publications());
            assertTrue(house.told(Kind.SILENT).contains("239.1.2.4:5004 on lo"));
            assertEquals(Optional.empty(), house.stats().ways().get(0).silence());
            assertTrue(house.stats().ways().get(1).silence().isPresent());
            send(50, 0, 0, 3);
            assertTrue(house.told(Kind.BACK).contains("239.1.2.4:5004"));
        }
    }

    @Nested
    class WhenNothingCanBeMadeOfIt {
        private final TsSender sender = TsSender.rtp();

        private String unusable() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.send(sender, 400);
            assertEquals(0, house.pictures());
            assertEquals(Optional.of(house.told(Kind.UNUSABLE)), house.stats().unusable());
            assertEquals(1, house.kinds().stream().filter(Kind.UNUSABLE::equals).count());
            return house.told(Kind.UNUSABLE);
        }

        @Test
        void theCodecsAreNamed() {
            sender.list(new ByteWriter().bytes(TsBuilder.stream(0x24, 0x100)).bytes(TsBuilder.stream(0x81, 0x101)));
            assertEquals(
                    "program 1 consists of HEVC on PID 0x100, AC-3 on PID 0x101; H.264 and AAC are carried",
                    unusable());
        }

        @Test
        void missingTablesAreNamed() {
            sender.sendsTables = false;
            assertEquals("the transport stream has no program association table (PAT)", unusable());
        }

        @Test
        void aProgramThatIsNotThereIsNamed() {
            ReceiverHouse house = new ReceiverHouse(folder, "rtp://" + GROUP + ":" + PORT + "?program=7");
            house.send(sender, 400);
            assertEquals(
                    "the transport stream doesn't have the program that is asked for; it has 1",
                    house.told(Kind.UNUSABLE));
        }

        @Test
        void missingStreamsAreNamed() {
            sender.sendsPictures = false;
            sender.sendsSound = false;
            assertEquals("of program 1 the tables come, but not H.264 on PID 0x100, AAC on PID 0x101", unusable());
        }

        @Test
        void anotherPayloadTypeIsNamed() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.send(sender, 400, SENDER, datagrams -> {
                datagrams.forEach(datagram -> datagram[1] = 96);
                return datagrams;
            });
            assertEquals(
                    "what comes from 10.0.0.5:40000 is RTP of payload type 96, not MPEG-TS (33)",
                    house.told(Kind.UNUSABLE));
        }

        @Test
        void garbageIsNamed() {
            ReceiverHouse house = new ReceiverHouse(folder, "udp://" + GROUP + ":" + PORT);
            house.send(sender, 400, SENDER, datagrams -> List.of(new byte[500]));
            assertEquals("what comes from 10.0.0.5:40000 is no MPEG-TS", house.told(Kind.UNUSABLE));
        }

        @Test
        void itIsUsedAsSoonAsItIsRight() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            sender.sendsTables = false;
            house.send(sender, 400);
            sender.sendsTables = true;
            house.send(sender, 100).assertOrdered();
            assertEquals("the stream can be used again", house.told(Kind.BACK));
            assertEquals(Optional.empty(), house.stats().unusable());
            assertTrue(house.pictures() > 70);
        }
    }

    @Nested
    class WhenTheProgramChanges {
        @Test
        void aTrackThatIsOverLeavesTheStream() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            house.send(sender, 100);
            sender.list(new ByteWriter().bytes(TsBuilder.stream(0x1B, TsBuilder.VIDEO_PID)));
            sender.sendsSound = false;
            house.send(sender, 150).assertOrdered();
            assertEquals(2, house.stats().publications());
            assertEquals(
                    1,
                    house.events.stream()
                            .filter(event -> event.equals(new lancaster.media.TrackRemoved(Track.AUDIO)))
                            .count());
            assertTrue(house.pictures() > 220, () -> house.pictures() + " pictures");
        }

        @Test
        void tablesThatAreBrokenForAWhileChangeNothing() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            TsBuilder broken = new TsBuilder();
            byte[] section = TsBuilder.pmtSection(9, new ByteWriter()).toArray();
            section[9] ^= 1;
            house.send(sender, 50);
            for (int i = 0; i < 50; i++) {
                sender.datagrams(
                                broken.section(TsBuilder.PMT_PID, Bytes.wrap(section))
                                        .take(),
                                i)
                        .forEach(datagram -> house.network.deliver(GROUP, PORT, datagram, SENDER));
                house.send(sender, 1);
            }
            assertEquals(99, house.pictures());
            assertEquals(1, house.stats().publications());
        }
    }

    @Nested
    class WhenItCanNotBePublished {
        private static final CodecConfig CONFIG = AvcDecoderConfiguration.of(
                        List.of(AvcSamples.SPS), List.of(AvcSamples.PPS))
                .toConfig();

        private final StreamSettings exclusive = new StreamSettings(
                StreamSettings.DEFAULTS.segment(),
                StreamSettings.DEFAULTS.part(),
                StreamSettings.DEFAULTS.formats(),
                Optional.empty(),
                SecondPublisher.REJECT,
                Duration.ofSeconds(20),
                Duration.ofHours(1));

        @Test
        void itTriesAgainAndSaysWhy() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            PublishOutcome other = house.streams.publish(
                    PATH, new PublisherInfo("rtmp", "10.0.0.7", ""), reason -> {}, house.loop, exclusive);
            Receiver refused = new Receiver(
                    PATH,
                    new SourceSettings(List.of(SourceUrl.parse("rtp://" + GROUP + ":" + PORT)), Optional.of("lo")),
                    () -> exclusive,
                    house.context());
            house.receiver.close();
            house.loop.execute(refused::start);
            TsSender sender = TsSender.rtp();
            Publication rival = ((PublishOutcome.Accepted) other).publication();
            rival.publish(new TrackConfigured(new Track(Track.VIDEO, CONFIG)));
            for (int i = 0; i < 20; i++) {
                rival.publish(new AccessUnit(Track.VIDEO, i * 90_000L, 0, true, Bytes.of(0, 0, 0, 1, 0x65)));
                house.send(sender, 25);
            }
            assertFalse(refused.stats().live());
            assertEquals(
                    Optional.of("live/in is being published by 10.0.0.7"),
                    refused.stats().refusal());
            rival.end(EndReason.UNPUBLISHED);
            house.send(sender, 1_000);
            assertTrue(refused.stats().live());
            assertEquals(Optional.empty(), refused.stats().refusal());
            assertTrue(house.pictures() > 100);
        }

        @Test
        void anOperatorsEndIsFollowedByAnotherTry() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            TsSender sender = TsSender.rtp();
            house.send(sender, 100);
            assertTrue(house.streams.kick(PATH, "closed by the operator"));
            house.send(sender, 10);
            assertTrue(house.streams
                    .find(PATH)
                    .flatMap(stream -> stream.stats().publisher())
                    .isEmpty());
            house.send(sender, 200).assertOrdered();
            assertTrue(house.stats().live());
            assertEquals(2, house.stats().publications());
        }
    }

    @Nested
    class WhenSocketsCanNotBeHad {
        @Test
        void itTriesAgainAndSaysSoOnce() {
            ReceiverHouse house = new ReceiverHouse(folder, "rtp://" + GROUP + ":" + PORT + "?interface=nothere0");
            house.seconds(120);
            assertEquals(List.of(Kind.FAILED), house.kinds());
            assertTrue(house.told(Kind.FAILED).startsWith("there is no interface nothere0; there is "));
            assertEquals(Optional.of(house.told(Kind.FAILED)), house.stats().failure());
        }

        @Test
        void itBeginsOnceTheyCan() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.network.opened.forEach(socket -> socket.open = false);
            house.network.failure = "no such device";
            house.seconds(40);
            assertEquals(Optional.of("no such device"), house.stats().failure());
            house.network.failure = "";
            house.seconds(60);
            assertEquals(Optional.empty(), house.stats().failure());
            house.send(TsSender.rtp(), 100);
            assertEquals(99, house.pictures());
        }
    }

    @Nested
    class WhenNothingComes {
        @Test
        void itSaysSoOnceWithSinceWhenAndWhatToCheck() {
            ReceiverHouse house = new ReceiverHouse(folder, "rtp://10.0.0.5@232.10.1.7:5004").seconds(45);
            assertEquals(List.of(Kind.JOINED, Kind.SILENT), house.kinds());
            Silence silence = house.stats().ways().get(0).silence().orElseThrow();
            assertEquals(Silence.Cause.NEVER, silence.cause());
            assertTrue(
                    silence.text().startsWith("nothing came from 10.0.0.5 for 232.10.1.7:5004 on lo since "),
                    silence.text());
            assertTrue(
                    silence.text().contains(" (45 s): check that the sender sends from this address"), silence.text());
        }

        @Test
        void itJoinsAnewAndLaterBeginsAnew() {
            ReceiverHouse house = ReceiverHouse.rtp(folder).seconds(8);
            assertEquals(1, house.network.opened.get(0).rejoins);
            assertEquals(3, house.network.opened.size());
            house.seconds(25);
            assertEquals(6, house.network.opened.size());
            assertEquals(3, house.network.open().size());
        }

        @Test
        void itFindsOutWhoElseSends() {
            ReceiverHouse house = new ReceiverHouse(folder, "rtp://10.0.0.5@239.1.2.3:5004");
            house.send(TsSender.rtp(), 400, "10.0.0.6", datagrams -> datagrams);
            assertTrue(
                    house.told(Kind.SILENT).endsWith("what is sent there comes from 10.0.0.6"),
                    house.told(Kind.SILENT));
            assertEquals(3, house.network.open().size(), "who listens to anybody doesn't for long");
        }

        @Test
        void aNetworkThatForgetsWhoJoinedIsToldByWhatHelps() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.network.memoryNs = 260_000_000_000L;
            house.send(TsSender.rtp(), 275 * 25);
            Silence.Cause first = house.stats().ways().get(0).silence().isPresent()
                    ? house.stats().ways().get(0).silence().get().cause()
                    : Silence.Cause.NO_QUERIER;
            assertEquals(Silence.Cause.NO_QUERIER, first);
            assertTrue(house.told(Kind.SILENT).contains("IGMP querier"), house.told(Kind.SILENT));
            assertEquals(1, house.stats().ways().get(0).forgotten());
            assertTrue(house.stats().live());
        }

        @Test
        void whatTheKernelKnowsIsTold() {
            ReceiverHouse house = ReceiverHouse.rtp(folder);
            house.facts = new NetworkFacts(true, false, OptionalInt.empty(), "", List.of());
            house.seconds(20);
            assertEquals(
                    Silence.Cause.INTERFACE_DOWN,
                    house.stats().ways().get(0).silence().orElseThrow().cause());
            assertTrue(house.told(Kind.SILENT).contains("lo, which is down or has no link"));
        }
    }
}
