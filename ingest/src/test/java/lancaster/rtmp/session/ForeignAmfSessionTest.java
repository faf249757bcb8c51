package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import flex.messaging.io.amf.ASObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.amf.BlazeDs;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.TrackConfigured;
import lancaster.rtmp.chunk.ChunkDecoder;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions whose commands and data Apache BlazeDS encodes, and whose answers it reads. */
class ForeignAmfSessionTest {
    /** How commands may come. */
    private enum Encoding {
        AMF0(MessageType.COMMAND_AMF0, MessageType.DATA_AMF0) {
            @Override
            Bytes write(Object... values) {
                return BlazeDs.amf0(values);
            }
        },
        /** As Flash has it with objectEncoding 3: simple values in AMF0, the others behind a switch. */
        AMF3(MessageType.COMMAND_AMF3, MessageType.DATA_AMF3) {
            @Override
            Bytes write(Object... values) {
                return Bytes.concat(Bytes.of(0), BlazeDs.amf0WithAmf3(values));
            }
        },
        /** Every value behind a switch of its own. */
        ALL_AMF3(MessageType.COMMAND_AMF3, MessageType.DATA_AMF3) {
            @Override
            Bytes write(Object... values) {
                return Stream.of(values)
                        .map(value -> Bytes.concat(Bytes.of(0x11), BlazeDs.amf3(value)))
                        .reduce(Bytes.of(0), Bytes::concat);
            }
        };

        private final int command;
        private final int data;

        Encoding(int command, int data) {
            this.command = command;
            this.data = data;
        }

        abstract Bytes write(Object... values);
    }

    private final FakePublishHandler handler = new FakePublishHandler();
    private final FakeEncoder encoder = new FakeEncoder(new SimRunLoop(), handler);
    private Encoding encoding = Encoding.AMF0;

    @ParameterizedTest
    @EnumSource
    void publishes(Encoding chosen) throws Exception {
        encoding = chosen;
        encoder.handshake();
        command(0, "connect", 1, connectObject(), null, new Object[] {"more", 1});
        command(0, "releaseStream", 2, null, "townhall?key=SECRET");
        command(0, "FCPublish", 3, null, "townhall?key=SECRET");
        command(0, "createStream", 4, (Object) null);
        command(1, "publish", 5, null, "townhall?key=SECRET", "live");
        Recorded recorded = handler.next();
        assertEquals(new StreamPath("live", "townhall"), recorded.request.path());
        assertEquals(Optional.of("SECRET"), recorded.request.key());
        data("@setDataFrame", "onMetaData", metadata());
        encoder.media();
        command(0, "FCUnpublish", 6, null, "townhall?key=SECRET");
        command(0, "deleteStream", 7, null, 1);

        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(2, count(recorded, TrackConfigured.class));
        assertEquals(2, count(recorded, AccessUnit.class));
        assertEquals(1, count(recorded, DataMessage.class));
        assertEquals(0, encoder.counters.stats().messageFaults().total());
        assertIsReadByIt();
    }

    /** The metadata reaches those who play as it was meant, whatever it came in. */
    @ParameterizedTest
    @EnumSource
    void metadataIsUnderstood(Encoding chosen) throws Exception {
        encoding = chosen;
        encoder.handshake();
        command(0, "connect", 1, connectObject());
        command(0, "createStream", 2, (Object) null);
        command(1, "publish", 3, null, "townhall", "live");
        Recorded recorded = handler.next();
        data("@setDataFrame", "onMetaData", metadata());
        encoder.media();
        DataMessage message = recorded.events.stream()
                .filter(DataMessage.class::isInstance)
                .map(DataMessage.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals("onMetaData", message.name());
        assertEquals(List.of(BlazeDs.value(metadata())), BlazeDs.readAmf0(message.amf0()));
        assertEquals(0, encoder.counters.stats().messageFaults().total());
    }

    @ParameterizedTest
    @EnumSource
    void isToldWhyItIsRefused(Encoding chosen) {
        encoding = chosen;
        encoder.handshake();
        command(0, "connect", 1, connectObject());
        command(0, "createStream", 2, (Object) null);
        command(1, "publish", 3, null, "townhall?key=wrong", "live");
        AmfObject status = answers("onStatus").get(0).get(3).asObject().orElseThrow();
        assertEquals(Optional.of("error"), status.string("level"));
        assertEquals(Optional.of("NetStream.Publish.Denied"), status.string("code"));
        assertEquals(Optional.of("the key is wrong"), status.string("description"));
    }

    @ParameterizedTest
    @EnumSource
    void unknownCallsWithAnyArgumentsAreAnswered(Encoding chosen) {
        encoding = chosen;
        encoder.handshake();
        command(0, "connect", 1, connectObject());
        ASObject person = BlazeDs.object("org.example.Person", Map.of("name", "Scotty"));
        command(0, "beamMeUp", 9, null, person, person, Map.of("to", new Object[] {person, 1, 2.5, true}));
        List<AmfValue> error = answers("_error").get(0);
        assertEquals(new AmfValue.Num(9), error.get(1));
        assertEquals(0, encoder.counters.stats().messageFaults().total());
    }

    /** Objects whose class alone reads them cost the command they are in. */
    @Test
    void whatCantBeReadCostsItsMessageAlone() {
        encoding = Encoding.AMF3;
        encoder.handshake();
        command(0, "connect", 1, connectObject());
        Bytes externalizable = Bytes.concat(
                Bytes.of(0), BlazeDs.amf0("call", 2), Bytes.of(0x11, 0x0a, 0x07, 0x03, 'X'), BlazeDs.amf3("inside"));
        encoder.send(new RawMessage(encoding.command, 0, 0, externalizable));
        assertEquals(1, encoder.counters.stats().messageFaults().total());
        command(0, "createStream", 3, (Object) null);
        assertEquals(new AmfValue.Num(3), answers("_result").get(1).get(1));
    }

    private Object connectObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("app", "live");
        object.put("flashVer", "LNX 11,1,102,55");
        object.put("swfUrl", "http://example.org/publish.swf");
        object.put("tcUrl", "rtmp://box/live");
        object.put("fpad", false);
        object.put("capabilities", 239.0);
        object.put("audioCodecs", 3575.0);
        object.put("videoCodecs", 252.0);
        object.put("videoFunction", 1.0);
        object.put("pageUrl", null);
        object.put("objectEncoding", encoding == Encoding.AMF0 ? 0.0 : 3.0);
        return BlazeDs.object("", object);
    }

    private static Object metadata() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("width", 160);
        object.put("height", 90);
        object.put("framerate", 25.0);
        object.put("videocodecid", "avc1");
        object.put("audiocodecid", 10);
        object.put("stereo", true);
        object.put("encoder", "BlazeDS");
        return object;
    }

    /** Numbers of transactions are numbers of AMF0; {@code connect} comes in AMF0 whatever it asks for. */
    private void command(int messageStreamId, String name, double transactionId, Object... arguments) {
        Object[] values = Stream.concat(Stream.of(name, transactionId), Stream.of(arguments))
                .toArray();
        boolean connect = name.equals("connect");
        encoder.send(new RawMessage(
                connect ? MessageType.COMMAND_AMF0 : encoding.command,
                messageStreamId,
                0,
                connect ? BlazeDs.amf0(values) : encoding.write(values)));
    }

    private void data(Object... values) {
        encoder.send(new RawMessage(encoding.data, 1, 0, encoding.write(values)));
    }

    private static long count(Recorded recorded, Class<?> type) {
        return recorded.events.stream().filter(type::isInstance).count();
    }

    /** What the server sent under that name, as BlazeDS reads it. */
    private List<List<AmfValue>> answers(String name) {
        return commands().stream()
                .filter(values -> values.get(0).equals(new AmfValue.Str(name)))
                .toList();
    }

    private List<List<AmfValue>> commands() {
        List<List<AmfValue>> commands = new ArrayList<>();
        new ChunkDecoder(ChunkLimits.MEDIA)
                .decode(encoder.transport.sent().slice(1 + 2 * 1536).buffer(), raw -> {
                    if (raw.typeId() == MessageType.COMMAND_AMF0) {
                        commands.add(BlazeDs.readAmf0(raw.payload()));
                    }
                });
        return commands;
    }

    private void assertIsReadByIt() {
        List<String> names = commands().stream()
                .map(values -> values.get(0).asString().orElseThrow())
                .toList();
        assertEquals(
                List.of(
                        "_result",
                        "onBWDone",
                        "_result",
                        "_result",
                        "onFCPublish",
                        "_result",
                        "onStatus",
                        "_result",
                        "onFCUnpublish"),
                names.subList(0, 9));
        List<AmfValue> connected = answers("_result").get(0);
        assertEquals(new AmfValue.Num(1), connected.get(1));
        AmfObject information = connected.get(3).asObject().orElseThrow();
        assertEquals(Optional.of("NetConnection.Connect.Success"), information.string("code"));
        assertEquals(OptionalDouble.of(encoding == Encoding.AMF0 ? 0 : 3), information.number("objectEncoding"));
        AmfObject status = answers("onStatus").get(0).get(3).asObject().orElseThrow();
        assertEquals(Optional.of("NetStream.Publish.Start"), status.string("code"));
    }
}
