package lancaster.rtmp.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import lancaster.kit.Splits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private final List<Bytes> sent = new ArrayList<>();

    @Test
    void serverEchoesPlainC1BitByBit() {
        Bytes c1 = plainC1();
        assertFalse(new ServerHandshake(random(1)).onBytes(c0(c1).buffer(), output(sent)));
        Bytes answer = sent.get(0);
        assertEquals(1 + 2 * HandshakePackets.SIZE, answer.length());
        assertEquals(3, answer.u8(0));
        assertEquals(0, answer.i32(1 + 4), "a plain S1 has zeros for its version");
        assertEquals(c1, answer.slice(1 + HandshakePackets.SIZE));
    }

    @Test
    void serverEchoesC1ThatClaimsADigestAndHasNone() {
        byte[] c1 = HandshakePackets.first(0x80000702, random(3));
        new ServerHandshake(random(1)).onBytes(c0(Bytes.copyOf(c1)).buffer(), output(sent));
        assertEquals(Bytes.wrap(c1), sent.get(0).slice(1 + HandshakePackets.SIZE));
    }

    @ParameterizedTest
    @EnumSource
    void serverSignsWithTheSchemeOfTheClient(DigestScheme scheme) {
        byte[] c1 = HandshakePackets.first(0x09007C02, random(4));
        scheme.sign(c1, HandshakeKeys.CLIENT);
        new ServerHandshake(random(1)).onBytes(c0(Bytes.copyOf(c1)).buffer(), output(sent));

        byte[] s1 = sent.get(0).slice(1, HandshakePackets.SIZE).toArray();
        byte[] s2 = sent.get(0).slice(1 + HandshakePackets.SIZE).toArray();
        assertEquals(Optional.of(scheme), DigestScheme.of(s1, HandshakeKeys.SERVER));
        assertTrue(s1[4] >= 3, "clients look for a digest from version 3 on");
        byte[] expected = s2.clone();
        HandshakeKeys.signSecond(expected, HandshakeKeys.SERVER_FULL, scheme.digest(c1));
        assertArrayEquals(expected, s2);
    }

    @Test
    void digestsLieWhereTheirFourBytesSay() {
        byte[] packet = new byte[HandshakePackets.SIZE];
        Arrays.fill(packet, 8, 12, (byte) 0xFF);
        DigestScheme.FIRST_HALF.sign(packet, HandshakeKeys.CLIENT);
        int offset = 4 * 255 % 728 + 12;
        assertEquals(
                Hex.of(Bytes.wrap(DigestScheme.FIRST_HALF.digest(packet))),
                Hex.of(Bytes.wrap(packet).slice(offset, 32)));
        assertEquals(0, packet[offset - 1]);
        assertEquals(0, packet[offset + 32]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientAndServerAgree(boolean digest) {
        ClientHandshake client = new ClientHandshake(random(5), digest);
        ServerHandshake server = new ServerHandshake(random(6));
        List<Bytes> toServer = new ArrayList<>();
        client.begin(output(toServer));
        List<Bytes> toClient = new ArrayList<>();
        assertFalse(server.onBytes(toServer.get(0).buffer(), output(toClient)));
        assertTrue(client.onBytes(toClient.get(0).buffer(), output(toServer)));
        ByteBuffer c2AndMore = Bytes.concat(toServer.get(1), Bytes.of(42)).buffer();
        assertTrue(server.onBytes(c2AndMore, output(toClient)));
        assertEquals(1, c2AndMore.remaining(), "what follows C2 is left alone");

        Bytes s1 = toClient.get(0).slice(1, HandshakePackets.SIZE);
        if (digest) {
            byte[] expected = toServer.get(1).toArray();
            byte[] s1Digest = DigestScheme.FIRST_HALF.digest(s1.toArray());
            HandshakeKeys.signSecond(expected, HandshakeKeys.CLIENT_FULL, s1Digest);
            assertEquals(Bytes.wrap(expected), toServer.get(1));
        } else {
            assertEquals(s1, toServer.get(1));
        }
    }

    @Test
    void splitsOfC1AndC2DontMatter() {
        Bytes input = Bytes.concat(c0(plainC1()), Bytes.wrap(new byte[HandshakePackets.SIZE]), Bytes.of(7, 8));
        Splits.assertSplitsDontMatter(input, pieces -> {
            ServerHandshake server = new ServerHandshake(random(1));
            List<Bytes> answers = new ArrayList<>();
            String rest = "";
            for (ByteBuffer piece : pieces) {
                if (server.onBytes(piece, output(answers))) {
                    rest += Hex.of(Bytes.copyOf(piece));
                }
            }
            return Bytes.concat(answers.toArray(Bytes[]::new)).hashCode() + rest;
        });
    }

    @Test
    void splitsOfS1AndS2DontMatter() {
        ServerHandshake server = new ServerHandshake(random(1));
        new ClientHandshake(random(2), true).begin(output(sent));
        server.onBytes(sent.remove(0).buffer(), output(sent));
        Splits.assertSplitsDontMatter(Bytes.concat(sent.get(0), Bytes.of(7, 8)), pieces -> {
            ClientHandshake client = new ClientHandshake(random(2), true);
            client.begin((bytes, writer) -> {});
            List<Bytes> answers = new ArrayList<>();
            String rest = "";
            for (ByteBuffer piece : pieces) {
                if (client.onBytes(piece, output(answers))) {
                    rest += Hex.of(Bytes.copyOf(piece));
                }
            }
            return Bytes.concat(answers.toArray(Bytes[]::new)).hashCode() + rest;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 8})
    void encryptedRtmpIsRefusedByName(int version) {
        ProtocolException e = refused(version);
        assertEquals(Kind.UNSUPPORTED, e.kind());
        assertTrue(e.getMessage().contains("RTMPE"), e.getMessage());
    }

    @Test
    void tlsIsRefusedByName() {
        assertTrue(refused(0x16).getMessage().contains("TLS"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 'G', 255})
    void otherVersionsAreMalformed(int version) {
        assertEquals(Kind.MALFORMED, refused(version).kind());
    }

    @Test
    void clientRefusesAnotherServerVersion() {
        ClientHandshake client = new ClientHandshake(random(1), true);
        assertThrows(
                ProtocolException.class,
                () -> client.onBytes(Bytes.of('H', 'T', 'T', 'P').buffer(), output(sent)));
    }

    private ProtocolException refused(int version) {
        ProtocolException e = assertThrows(ProtocolException.class, () -> new ServerHandshake(random(1))
                .onBytes(Bytes.of(version).buffer(), output(sent)));
        assertEquals(Scope.CONNECTION, e.scope());
        assertEquals(List.of(), sent);
        return e;
    }

    private static HandshakeOutput output(List<Bytes> written) {
        return (bytes, writer) -> {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            writer.accept(buffer);
            written.add(Bytes.copyOf(buffer.flip()));
        };
    }

    private static Bytes plainC1() {
        return Bytes.wrap(HandshakePackets.first(0, random(2)));
    }

    private static Bytes c0(Bytes c1) {
        return Bytes.concat(Bytes.of(3), c1);
    }

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }
}
