package lancaster.rtmp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage.Acknowledgement;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.SetPeerBandwidth;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RtmpMessagesTest {
    static Stream<RtmpMessage> messages() {
        AmfValue object =
                new AmfValue.Obj(AmfObject.builder().put("app", "live").build());
        return Stream.of(
                new Acknowledgement(0xFFFF_FFFFL),
                new WindowAckSize(2_500_000),
                new SetPeerBandwidth(2_500_000, SetPeerBandwidth.DYNAMIC),
                UserControl.streamBegin(1),
                new UserControl(UserControl.PING_RESPONSE, Hex.bytes("01020304")),
                new Command(0, "connect", 1, object),
                new Command(1, "publish", 5, new AmfValue.Null(), new AmfValue.Str("townhall")),
                new Command(0, "bare", 0),
                new Data(1, MessageType.DATA_AMF0, 40, Bytes.of(2, 0, 0)),
                new Data(1, MessageType.DATA_AMF3, 40, Bytes.of(0, 2, 0, 0)),
                new Audio(1, 23, Bytes.of(0xAF, 1)),
                new Video(1, 0xFFFF_FFFFL, Bytes.of(0x17, 1)),
                new Aggregate(1, 7, Bytes.of(1, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsWhatItWrites(RtmpMessage message) {
        assertEquals(message, RtmpMessages.read(RtmpMessages.write(message)));
    }

    @Test
    void everyKindOfMessageIsTested() {
        var untested = Arrays.stream(RtmpMessage.class.getPermittedSubclasses())
                .filter(type -> messages().noneMatch(type::isInstance))
                .collect(Collectors.toSet());
        assertEquals(java.util.Set.of(SetChunkSize.class), untested, "the chunk layer reads that one");
        assertEquals(
                new RawMessage(RawMessage.SET_CHUNK_SIZE, 0, 0, Hex.bytes("00001000")),
                RtmpMessages.write(new SetChunkSize(4096)));
    }

    @Test
    void commandsOfType17BeginWithAFormatByte() {
        Command command = new Command(0, "createStream", 4, new AmfValue.Null());
        Bytes amf0 = RtmpMessages.write(command).payload();
        Bytes amf3 = Bytes.concat(Bytes.of(0), amf0);
        assertEquals(command, RtmpMessages.read(new RawMessage(MessageType.COMMAND_AMF3, 0, 0, amf3)));
    }

    @Test
    void commandsMayLackATransactionId() {
        Bytes name = Amf0Writer.write(new AmfValue.Str("FCUnpublish"));
        assertEquals(
                new Command(0, "FCUnpublish", 0),
                RtmpMessages.read(new RawMessage(MessageType.COMMAND_AMF0, 0, 0, name)));
    }

    @Test
    void argumentsThatAreMissingOrOfAnotherTypeAreAbsent() {
        Command command = new Command(0, "publish", 0, new AmfValue.Null(), new AmfValue.Num(1));
        assertEquals(java.util.Optional.empty(), command.string(1));
        assertEquals(java.util.Optional.empty(), command.string(2));
        assertEquals(AmfObject.EMPTY, command.object(0));
        assertEquals(AmfObject.EMPTY, command.object(7));
    }

    @Test
    void shortControlMessagesCostTheMessage() {
        for (int typeId = 3; typeId <= 6; typeId++) {
            RawMessage raw = new RawMessage(typeId, 0, 0, Bytes.of(1));
            ProtocolException e = assertThrows(ProtocolException.class, () -> RtmpMessages.read(raw));
            assertEquals(Scope.MESSAGE, e.scope());
        }
    }

    @Test
    void unknownTypesAreUnsupported() {
        ProtocolException e =
                assertThrows(ProtocolException.class, () -> RtmpMessages.read(new RawMessage(19, 0, 0, Bytes.EMPTY)));
        assertEquals(Kind.UNSUPPORTED, e.kind());
        assertEquals(Scope.MESSAGE, e.scope());
    }

    @Test
    void commandsWithTooManyValuesAreRefused() {
        Command command =
                new Command(0, "bomb", 0, List.copyOf(java.util.Collections.nCopies(65, new AmfValue.Null())));
        RawMessage raw = RtmpMessages.write(command);
        ProtocolException e = assertThrows(ProtocolException.class, () -> RtmpMessages.read(raw));
        assertEquals(Kind.LIMIT, e.kind());
    }

    @Test
    void aggregatesKeepTheDistancesBetweenTheirTags() {
        Bytes tags = Hex.bytes("08 000001 000064 00 000000 aa 0000000c" + "09 000002 000078 01 000000 bbcc");
        assertEquals(
                List.of(
                        new RawMessage(8, 1, 5000, Bytes.of(0xaa)),
                        new RawMessage(9, 1, 5020 + (1 << 24), Bytes.of(0xbb, 0xcc))),
                AggregateReader.read(new Aggregate(1, 5000, tags)));
    }

    @Test
    void aggregatesThatPromiseMoreThanTheyHoldCostTheMessage() {
        Aggregate cut = new Aggregate(1, 0, Hex.bytes("08 0000ff 000064 00 000000 aa"));
        assertEquals(
                Scope.MESSAGE,
                assertThrows(ProtocolException.class, () -> AggregateReader.read(cut))
                        .scope());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutatedMessagesAreReadOrRefusedAsMessages(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (RtmpMessage message : messages().toList()) {
            RawMessage raw = RtmpMessages.write(message);
            byte[] payload = raw.payload().toArray();
            for (int i = random.nextInt(4); i >= 0 && payload.length > 0; i--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            try {
                RtmpMessage read = RtmpMessages.read(new RawMessage(raw.typeId(), 1, 0, Bytes.wrap(payload)));
                if (read instanceof Aggregate aggregate) {
                    AggregateReader.read(aggregate);
                }
            } catch (ProtocolException e) {
                assertEquals(Scope.MESSAGE, e.scope());
            }
        }
    }
}
