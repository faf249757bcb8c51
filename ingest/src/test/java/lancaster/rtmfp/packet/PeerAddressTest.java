package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.PeerAddress.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses as peers tell them to each other (RFC 7016 §2.1.5). */
class PeerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "02 7f000001 d3c9, 127.0.0.1, 54217, OBSERVED",
        "01 c0000207 078f, 192.0.2.7, 1935, REPORTED",
        "00 00000000 0000, 0.0.0.0, 0, UNKNOWN",
        "83 20010db8000000000000000000000007 ffff, 2001:db8::7, 65535, RELAY",
        "7e 7f000001 0001, 127.0.0.1, 1, OBSERVED"
    })
    void addressesAreRead(String hex, String host, int port, Origin origin) {
        PeerAddress read = PeerAddress.read(new PacketCursor(Hex.bytes(hex)));
        assertEquals(new PeerAddress(new InetSocketAddress(host, port), origin), read);
        assertEquals(Hex.bytes(hex).length(), read.encodedLength());
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void addressesAreWrittenAsTheyAreRead(Origin origin) {
        for (PeerAddress address : new PeerAddress[] {Chunks.INET4, Chunks.INET6}) {
            PeerAddress expected = new PeerAddress(address.address(), origin);
            PacketWriter out = new PacketWriter(64).begin(PacketHeader.startup(PacketHeader.ABSENT));
            expected.write(out);
            Bytes written = out.packet().slice(1);
            assertEquals(expected.encodedLength(), written.length());
            assertEquals(expected, PeerAddress.read(new PacketCursor(written)));
        }
    }

    @Test
    void anIpv4AddressInsideOneOfIpv6IsTheIpv4Address() {
        PeerAddress read = PeerAddress.read(new PacketCursor(Hex.bytes("82 00000000000000000000ffff c0000207 078f")));
        assertEquals(Chunks.INET4, read);
    }

    @Test
    void namesAreNoAddresses() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("example.com", 1935);
        assertThrows(IllegalArgumentException.class, () -> new PeerAddress(name, Origin.UNKNOWN));
    }
}
