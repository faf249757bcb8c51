package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.TrackConfigured;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Acknowledgement;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.SetPeerBandwidth;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpServerSessionTest {
    private final SimRunLoop loop = new SimRunLoop();
    private final FakePublishHandler handler = new FakePublishHandler();
    private final FakeEncoder encoder = new FakeEncoder(loop, handler);

    @Nested
    class Connecting {
        @Test
        void tellsWindowBandwidthAndChunkSizeBeforeTheResult() {
            encoder.handshake().connect("live");
            List<RtmpMessage> received = encoder.received();
            assertEquals(new WindowAckSize(2_500_000), received.get(0));
            assertEquals(new SetPeerBandwidth(2_500_000, SetPeerBandwidth.DYNAMIC), received.get(1));
            Command result = encoder.received("_result").get(0);
            assertEquals(1, result.transactionId());
            assertEquals(
                    Optional.of("NetConnection.Connect.Success"),
                    result.object(1).string("code"));
            assertEquals(OptionalDouble.of(0), result.object(1).number("objectEncoding"));
            assertEquals(1, encoder.received("onBWDone").size());
        }

        @Test
        void statesWhatItUnderstandsToEnhancedClientsOnly() {
            encoder.handshake().connect("live", object -> object.put("capsEx", 15));
            AmfObject properties = encoder.received("_result").get(0).object(0);
            assertEquals(OptionalDouble.of(12), properties.number("capsEx"));
            assertEquals(
                    Optional.of(new AmfValue.StrictArray(List.of(new AmfValue.Str("avc1"), new AmfValue.Str("mp4a")))),
                    properties.get("fourCcList"));
            assertEquals(
                    OptionalDouble.of(4),
                    properties.object("videoFourCcInfoMap").orElseThrow().number("avc1"));
        }

        @Test
        void saysNothingOfEnhancedRtmpToOthers() {
            encoder.handshake().connect("live");
            assertEquals(
                    List.of("fmsVer", "capabilities"),
                    List.copyOf(encoder.received("_result")
                            .get(0)
                            .object(0)
                            .properties()
                            .keySet()));
        }

        @Test
        void takesStrictArraysInConnect() {
            AmfValue codecs = new AmfValue.StrictArray(List.of(new AmfValue.Str("hvc1")));
            encoder.handshake().connect("live", object -> object.put("fourCcList", codecs));
            assertEquals(1, encoder.received("_result").size());
        }

        @Test
        void answersAmf3ClientsWithTheirEncoding() {
            encoder.handshake().connect("live", object -> object.put("objectEncoding", 3));
            AmfObject information = encoder.received("_result").get(0).object(1);
            assertEquals(OptionalDouble.of(3), information.number("objectEncoding"));
            encoder.send(FakeEncoder.amf3(new Command(0, "createStream", 2, new AmfValue.Null())));
            assertEquals(2, encoder.received("_result").get(1).transactionId());
        }

        @Test
        void chunkSizeMayComeBeforeConnect() {
            encoder.handshake().send(new SetChunkSize(4096)).connect("live");
            assertEquals(1, encoder.received("_result").size());
        }

        @Test
        void refusesAddressesThatAreTooLong() {
            encoder.handshake().connect("x".repeat(9000));
            Command error = encoder.received("_error").get(0);
            assertEquals(1, error.transactionId());
            assertEquals(
                    Optional.of("NetConnection.Connect.Rejected"),
                    error.object(1).string("code"));
            assertTrue(encoder.transport.finished);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0a 7fffffff", // an array of 2^31 values
                    "0c 7fffffff 41", // a string of 2 GB
                    "DEEP", // 5 000 objects in each other
                    "WIDE" // objects that refer to each other twice, 2^40 values when unfolded
                })
        void amfBombsCostTheMessage(String bomb) {
            String hex =
                    switch (bomb) {
                        case "DEEP" -> "03 0001 61".repeat(5_000);
                        case "WIDE" -> wideBomb();
                        default -> bomb;
                    };
            Bytes payload = Hex.bytes("02 0007 636f6e6e656374 00 3ff0000000000000" + hex);
            encoder.handshake().send(new RawMessage(20, 0, 0, payload));
            assertEquals(1, encoder.counters.stats().messageFaults().total());
            encoder.connect("live");
            assertEquals(1, encoder.received("_result").size());
        }

        /** An array of arrays of which each holds the one before twice, by reference. */
        private static String wideBomb() {
            StringBuilder hex = new StringBuilder("0a 00000029 0a 00000000");
            for (int i = 1; i <= 40; i++) {
                hex.append(String.format("0a 00000002 07 %04x 07 %04x", i, i));
            }
            return hex.toString();
        }

        @Test
        void aRefusedConnectEndsWhatIsPublished() throws Exception {
            encoder.publish("live", "townhall").connect("x".repeat(9000));
            assertEquals(EndReason.CLOSED, handler.next().end());
            assertTrue(encoder.transport.finished);
        }

        @Test
        void commandsBeforeConnectEndTheConnection() {
            encoder.handshake().call("createStream", 1);
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().connectionFaults().malformed());
        }
    }

    @Nested
    class Calls {
        @ParameterizedTest
        @ValueSource(
                strings = {"releaseStream", "FCPublish", "FCUnpublish", "_checkbw", "getStreamLength", "FCSubscribe"})
        void knownOnesGetAResult(String name) {
            encoder.handshake().connect("live").call(name, 7, "townhall");
            assertEquals(7, encoder.received("_result").get(1).transactionId());
        }

        @Test
        void unknownOnesGetAnError() {
            encoder.handshake().connect("live").call("beamMeUp", 7, "Scotty");
            Command error = encoder.received("_error").get(0);
            assertEquals(7, error.transactionId());
            assertEquals(
                    Optional.of("NetConnection.Call.Failed"), error.object(1).string("code"));
        }

        @Test
        void withoutATransactionIdGetNone() {
            encoder.handshake().connect("live");
            int before = encoder.received().size();
            encoder.call("beamMeUp", 0).call("releaseStream", 0, "townhall");
            assertEquals(before, encoder.received().size());
        }

        @Test
        void streamsAreNumberedFromOne() {
            encoder.handshake().connect("live").call("createStream", 2).call("createStream", 3);
            assertEquals(
                    List.of(new AmfValue.Num(1), new AmfValue.Num(2)),
                    encoder.received("_result").stream()
                            .skip(1)
                            .map(r -> r.arguments().get(1))
                            .toList());
        }

        @Test
        void playIsRefused() {
            encoder.handshake().connect("live").call("play", 0, "townhall");
            assertEquals(List.of("NetStream.Play.Failed"), encoder.statusCodes());
        }
    }

    @Nested
    class Publishing {
        @Test
        void asksTheHandlerAndStarts() throws Exception {
            encoder.publish("live", "townhall?key=SECRET").media();
            Recorded recorded = handler.next();
            assertEquals(new StreamPath("live", "townhall"), recorded.request.path());
            assertEquals(Optional.of("SECRET"), recorded.request.key());
            assertEquals("192.0.2.7:5000", recorded.request.remoteAddress());
            assertEquals("FMLE/3.0 (compatible; FMSc/1.0)", recorded.request.encoder());
            assertEquals(List.of("NetStream.Publish.Start"), encoder.statusCodes());
            assertEquals(1, encoder.received("onFCPublish").size());
            assertTrue(encoder.received().contains(UserControl.streamBegin(1)));
            assertEquals(
                    2,
                    recorded.events.stream()
                            .filter(TrackConfigured.class::isInstance)
                            .count());
            assertEquals(
                    2,
                    recorded.events.stream()
                            .filter(AccessUnit.class::isInstance)
                            .count());
        }

        @Test
        void keysAreNotEchoed() {
            encoder.publish("live", "townhall?key=SECRET").call("FCUnpublish", 6, "townhall?key=SECRET");
            assertFalse(
                    encoder.received().toString().contains("SECRET"),
                    encoder.received().toString());
        }

        @Test
        void wrongKeysAreDeniedWithAReason() {
            encoder.publish("live", "townhall?key=wrong");
            assertEquals(List.of("NetStream.Publish.Denied", "NetConnection.Connect.Closed"), encoder.statusCodes());
            assertEquals("the key is wrong", encoder.description("NetStream.Publish.Denied"));
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().publishesRefused());
        }

        @Test
        void badNamesAreRefusedWithAReason() {
            encoder.publish("live", "");
            assertEquals("NetStream.Publish.BadName", encoder.statusCodes().get(0));
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().streamFaults().malformed());
        }

        @Test
        void refusedClientsGetTimeToReadWhy() {
            encoder.publish("live", "townhall?key=wrong");
            assertFalse(encoder.transport.closed);
            encoder.sendBytes(Bytes.wrap(new byte[70_000]));
            loop.advanceMs(9_999);
            assertFalse(encoder.transport.closed);
            loop.advanceMs(1);
            assertTrue(encoder.transport.closed);
        }

        @Test
        void refusedClientsThatGoOnSendingGetLess() {
            encoder.publish("live", "townhall?key=wrong");
            for (int i = 0; i < 19; i++) {
                loop.advanceMs(100);
                encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            }
            assertFalse(encoder.transport.closed);
            loop.advanceMs(100);
            encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            assertTrue(encoder.transport.closed);
        }

        /** As encoders do whose first picture takes long. */
        @Test
        void refusedClientsThatPauseGetTimeAnew() {
            encoder.publish("live", "townhall?key=wrong");
            encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            loop.advanceMs(5_000);
            encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            loop.advanceMs(1_000);
            encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            assertFalse(encoder.transport.closed);
            loop.advanceMs(1_000);
            encoder.sendBytes(Bytes.wrap(new byte[1_000]));
            assertTrue(encoder.transport.closed);
        }

        @Test
        void answersMayComeLater() {
            List<PublishReply> replies = new ArrayList<>();
            FakeEncoder waiting = new FakeEncoder(loop, (request, reply) -> replies.add(reply));
            waiting.publish("live", "townhall").media();
            assertEquals(List.of(), waiting.statusCodes());
            assertEquals(4, waiting.counters.stats().strayMedia());
            List<Object> events = new ArrayList<>();
            replies.get(0).accept(events::add, reason -> {});
            waiting.media();
            assertEquals(List.of("NetStream.Publish.Start"), waiting.statusCodes());
            assertEquals(4, events.size());
        }

        @Test
        void answersThatComeTooLateEndThePublication() {
            List<PublishReply> replies = new ArrayList<>();
            FakeEncoder gone = new FakeEncoder(loop, (request, reply) -> replies.add(reply));
            gone.publish("live", "townhall");
            gone.connection.onClosed();
            List<EndReason> ends = new ArrayList<>();
            replies.get(0).accept(event -> {}, ends::add);
            replies.get(0).refuse(NetStatus.PUBLISH_DENIED, "too late");
            assertEquals(List.of(EndReason.LOST), ends);
        }

        @Test
        void secondAnswersDontCount() {
            FakeEncoder twice = new FakeEncoder(loop, (request, reply) -> {
                reply.accept(event -> {}, reason -> {});
                reply.refuse(NetStatus.PUBLISH_DENIED, "no, after all");
            });
            twice.publish("live", "townhall");
            assertEquals(List.of("NetStream.Publish.Start"), twice.statusCodes());
        }

        @Test
        void oneMessageStreamPublishesOnce() throws Exception {
            encoder.publish("live", "townhall").publish(1, "other");
            assertEquals(List.of("NetStream.Publish.Start", "NetStream.Publish.BadName"), encoder.statusCodes());
            assertFalse(encoder.transport.finished);
            assertEquals(0, handler.next().ends.size());
        }

        @Test
        void oneConnectionPublishesSeveralStreams() throws Exception {
            encoder.publish("live", "high").publish(2, "low");
            Recorded high = handler.next();
            Recorded low = handler.next();
            encoder.send(new Video(2, 0, FakeEncoder.AVC_HEADER));
            assertEquals(List.of(0, 1), List.of(high.events.size(), low.events.size()));
            encoder.send(new Command(0, "deleteStream", 0, new AmfValue.Null(), new AmfValue.Num(1)));
            assertEquals(EndReason.UNPUBLISHED, high.end());
            assertEquals(0, low.ends.size());
        }

        @Test
        void mediaWithoutAStreamIdBelongsToTheOnlyStream() throws Exception {
            encoder.publish("live", "townhall").send(new Video(0, 0, FakeEncoder.AVC_HEADER));
            assertEquals(1, handler.next().events.size());
        }

        @Test
        void aggregatesAreTakenApart() throws Exception {
            ByteWriter tags = new ByteWriter();
            for (Bytes body : List.of(FakeEncoder.AVC_HEADER, FakeEncoder.AVC_KEY)) {
                tags.u8(9).u24(body.length()).u24(0).u8(0).u24(0).bytes(body).u32(11 + body.length());
            }
            encoder.publish("live", "townhall").send(new Aggregate(1, 1000, tags.bytes()));
            Recorded recorded = handler.next();
            assertEquals(90_000, ((AccessUnit) recorded.events.get(1)).dts90k());
        }

        @Test
        void refusedCodecsAreNamed() throws Exception {
            encoder.publish("live", "townhall").send(new Video(1, 0, Hex.bytes("90 68766331 01")));
            assertEquals("NetStream.Publish.Rejected", encoder.statusCodes().get(1));
            assertTrue(encoder.description("NetStream.Publish.Rejected").contains("HEVC"));
            assertEquals(EndReason.CLOSED, handler.next().end());
            assertEquals(1, encoder.counters.stats().streamFaults().unsupported());
            assertTrue(encoder.transport.finished);
        }

        @Test
        void badMessagesCostThemselvesAlone() throws Exception {
            encoder.publish("live", "townhall")
                    .send(new RawMessage(20, 0, 0, Bytes.of(0xFF)))
                    .send(new RawMessage(3, 0, 0, Bytes.of(1)))
                    .send(new RawMessage(19, 0, 0, Bytes.EMPTY))
                    .send(new Audio(1, 0, Bytes.EMPTY))
                    .send(new Video(1, 0, Bytes.EMPTY))
                    .media();
            assertEquals(4, handler.next().events.size());
            assertEquals(3, encoder.counters.stats().messageFaults().total());
            encoder.send(new Video(1, 0, Bytes.of(0x17))).call("FCUnpublish", 6, "townhall");
            assertTrue(encoder.counters.stats().mediaFaults() > 0);
        }
    }

    @Nested
    class Stopping {
        @Test
        void fcUnpublishEndsThePublicationThoughTheConnectionStays() throws Exception {
            encoder.publish("live", "townhall").media().call("FCUnpublish", 6, "townhall");
            assertEquals(EndReason.UNPUBLISHED, handler.next().end());
            assertEquals(1, encoder.received("onFCUnpublish").size());
            assertEquals("NetStream.Unpublish.Success", encoder.statusCodes().get(1));
            assertFalse(encoder.transport.finished);
            encoder.publish(1, "townhall");
            assertEquals(1, handler.waiting());
        }

        @Test
        void deleteStreamAndCloseStreamEndIt() throws Exception {
            encoder.publish("live", "townhall")
                    .send(new Command(0, "deleteStream", 0, new AmfValue.Null(), new AmfValue.Num(1)));
            assertEquals(EndReason.UNPUBLISHED, handler.next().end());
            encoder.publish(1, "townhall").send(new Command(1, "closeStream", 0, new AmfValue.Null()));
            assertEquals(EndReason.UNPUBLISHED, handler.next().end());
            encoder.publish(1, "townhall")
                    .send(new Command(1, "publish", 0, new AmfValue.Null(), new AmfValue.Bool(false)));
            assertEquals(EndReason.UNPUBLISHED, handler.next().end());
        }

        @Test
        void aClosedSocketLosesThePublication() throws Exception {
            encoder.publish("live", "townhall");
            encoder.connection.onClosed();
            assertEquals(EndReason.LOST, handler.next().end());
            assertEquals(0, loop.pendingTimers());
        }

        @Test
        void takeoverAndKickAreToldWithTheirReason() throws Exception {
            encoder.publish("live", "townhall");
            Recorded recorded = handler.next();
            recorded.request.control().close(new CloseReason(CloseReason.Kind.SUPERSEDED, "taken over by 192.0.2.8"));
            assertFalse(encoder.transport.finished, "the control only hands over to the loop");
            loop.runDue();
            assertEquals("taken over by 192.0.2.8", encoder.description("NetStream.Unpublish.Success"));
            assertEquals("taken over by 192.0.2.8", encoder.description("NetConnection.Connect.Closed"));
            assertEquals(EndReason.CLOSED, recorded.end());
            assertTrue(encoder.transport.finished);
            recorded.request.control().close(new CloseReason(CloseReason.Kind.KICKED, "again"));
            loop.runDue();
        }
    }

    @Nested
    class Waiting {
        @Test
        void connectionsThatSayNothingAreClosedAfter10Seconds() {
            loop.advanceMs(9_999);
            assertFalse(encoder.transport.closed);
            loop.advanceMs(1);
            assertTrue(encoder.transport.closed);
            assertEquals(1, encoder.counters.stats().connectTimeouts());
            encoder.connection.onClosed();
            assertEquals(0, loop.pendingTimers());
        }

        @Test
        void handshakesWithoutConnectAreClosedAfter10Seconds() {
            loop.advanceMs(5_000);
            encoder.handshake();
            loop.advanceMs(5_000);
            assertEquals(1, encoder.counters.stats().connectTimeouts());
            assertTrue(encoder.transport.closed);
        }

        @Test
        void clientsThatDontPublishAreClosedAfter30Seconds() {
            encoder.handshake().connect("live");
            loop.advanceMs(29_999);
            assertFalse(encoder.transport.finished);
            loop.advanceMs(1);
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().publishTimeouts());
            assertEquals("nothing published or played for 30 s", encoder.description("NetConnection.Connect.Closed"));
        }

        @Test
        void silentPublishersAreClosedAfter30Seconds() throws Exception {
            encoder.publish("live", "townhall");
            loop.advanceMs(20_000);
            encoder.media();
            loop.advanceMs(29_999);
            Recorded recorded = handler.next();
            assertEquals(0, recorded.ends.size());
            loop.advanceMs(1);
            assertEquals(EndReason.LOST, recorded.end());
            assertEquals(1, encoder.counters.stats().idleTimeouts());
            loop.advanceMs(10_000);
            assertTrue(encoder.transport.closed);
        }

        @Test
        void publishersThatOnlyPingAreSilent() throws Exception {
            encoder.publish("live", "townhall");
            encoder.media();
            for (int second = 0; second < 29; second++) {
                loop.advanceMs(1_000);
                encoder.call("ping", 0);
            }
            loop.advanceMs(1_000);
            assertEquals(EndReason.LOST, handler.next().end());
            assertEquals("no media for 30 s", encoder.description("NetConnection.Connect.Closed"));
        }

        @Test
        void unpublishingAndSilenceIsClosedToo() {
            encoder.publish("live", "townhall").call("FCUnpublish", 6, "townhall");
            loop.advanceMs(30_000);
            assertEquals(1, encoder.counters.stats().publishTimeouts());
        }
    }

    @Nested
    class Upkeep {
        @Test
        void bytesAreAcknowledgedWithinTheWindow() {
            encoder.publish("live", "townhall").send(new WindowAckSize(100_000));
            Bytes frame = Bytes.concat(Hex.bytes("2701000000"), Bytes.wrap(new byte[9_995]));
            for (int i = 0; i < 12; i++) {
                encoder.send(new Video(1, 0, frame));
            }
            List<Long> acknowledged = encoder.received().stream()
                    .filter(Acknowledgement.class::isInstance)
                    .map(message -> ((Acknowledgement) message).bytes())
                    .toList();
            assertEquals(2, acknowledged.size());
            assertTrue(acknowledged.get(1) - acknowledged.get(0) <= 100_000);
        }

        @Test
        void pingsAreAnswered() {
            encoder.handshake().connect("live").send(new UserControl(UserControl.PING_REQUEST, Hex.bytes("0000abcd")));
            assertTrue(encoder.received().contains(new UserControl(UserControl.PING_RESPONSE, Hex.bytes("0000abcd"))));
        }

        @Test
        void clientsThatAskAndNeverReadAreCutOff() {
            encoder.handshake().connect("live");
            encoder.transport.reads = false;
            for (int i = 0; i < 30_000 && !encoder.transport.finished; i++) {
                encoder.send(new UserControl(UserControl.PING_REQUEST, Hex.bytes("0000abcd")));
            }
            assertTrue(encoder.transport.finished);
            assertTrue(encoder.transport.sent().length() < 300_000);
            assertEquals(1, encoder.counters.stats().connectionFaults().limit());
        }

        @Test
        void longMessagesAreForPublishersOnly() {
            encoder.handshake().connect("live").send(new Video(1, 0, Bytes.wrap(new byte[70_000])));
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().connectionFaults().limit());
        }

        @Test
        void publishersSendMessagesUpToTheLimitAndNoLonger() throws Exception {
            byte[] frame = new byte[8 << 20];
            frame[0] = 0x27;
            frame[1] = 1;
            encoder.publish("live", "townhall").send(new Video(1, 0, Bytes.wrap(frame)));
            assertFalse(encoder.transport.finished);
            encoder.send(new Video(1, 0, Bytes.wrap(new byte[frame.length + 1])));
            assertTrue(encoder.transport.finished);
            assertEquals(1, encoder.counters.stats().connectionFaults().limit());
            assertEquals(EndReason.CLOSED, handler.next().end());
        }

        @Test
        void mistakesOfOursEndTheConnectionAndNothingElse() {
            FakeEncoder unlucky = new FakeEncoder(loop, (request, reply) -> {
                throw new IllegalStateException("planted");
            });
            unlucky.publish("live", "townhall");
            assertTrue(unlucky.transport.finished);
            assertEquals(1, unlucky.counters.stats().failures());
        }
    }
}
