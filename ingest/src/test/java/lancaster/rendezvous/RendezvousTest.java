package lancaster.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.PeerAddress.Origin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final Bytes TAG = Bytes.wrap(new byte[] {1, 2, 3});
    private static final RendezvousSettings SETTINGS =
            new RendezvousSettings(3, 2, 1, 4, 100, 100, Duration.ofSeconds(30));

    private final SimRunLoop loop = new SimRunLoop();
    private final List<String> redirects = new ArrayList<>();
    private final Rendezvous rendezvous = rendezvous(redirects);

    private Rendezvous rendezvous(List<String> log) {
        return new Rendezvous(
                SETTINGS,
                loop,
                (tag, to, destinations) -> {
                    assertEquals(TAG, tag);
                    log.add(text(to) + " -> " + texts(destinations));
                },
                ip -> ip.getHostAddress().startsWith("10."));
    }

    /** Remembers what it was told. */
    private static final class FakeContact implements Contact {
        private final PeerId peerId;
        private final List<String> forwarded = new ArrayList<>();
        private InetSocketAddress address;

        FakeContact(int peer, String address) {
            this.peerId = peer(peer);
            this.address = at(address);
        }

        @Override
        public PeerId peerId() {
            return peerId;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void forward(ForwardedInitiatorHello hello) {
            assertEquals(TAG, hello.tag());
            forwarded.add(texts(List.of(hello.replyAddress())));
        }
    }

    private static PeerId peer(int number) {
        byte[] id = new byte[PeerId.LENGTH];
        id[0] = (byte) number;
        return new PeerId(Bytes.wrap(id));
    }

    private static InetSocketAddress at(String text) {
        return ReportedAddresses.parse(text).orElseThrow();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String texts(List<PeerAddress> addresses) {
        return String.join(
                " ",
                addresses.stream()
                        .map(each -> each.origin().name().charAt(0) + text(each.address()))
                        .toList());
    }

    private static InitiatorHello hello(PeerId sought) {
        return new InitiatorHello(
                OptionList.of(new Option(0x0F, sought.fingerprint())).encoded(), TAG);
    }

    private void seek(int peer, String from) {
        rendezvous.onHello(hello(peer(peer)), at(from));
    }

    private FakeContact sought(int peer, String address, String... reported) {
        FakeContact contact = new FakeContact(peer, address);
        rendezvous.register(contact).report(List.of(reported));
        return contact;
    }

    @Test
    void tellsTheSeekerWhereTheSoughtIsAndTheSoughtWhereTheSeekerIs() {
        FakeContact ben = sought(2, "198.51.100.2:2000", "192.168.0.2:2000");
        sought(1, "198.51.100.1:1000", "192.168.0.1:1000", "172.16.0.1:1000");
        seek(2, "198.51.100.1:1000");
        assertEquals(List.of("198.51.100.1:1000 -> O198.51.100.2:2000 R192.168.0.2:2000"), redirects);
        assertEquals(List.of("O198.51.100.1:1000", "R192.168.0.1:1000", "R172.16.0.1:1000"), ben.forwarded);
        assertEquals(1, rendezvous.stats().introductions());
    }

    @Test
    void answersNoStranger() {
        FakeContact ben = sought(2, "198.51.100.2:2000");
        seek(2, "198.51.100.9:9000");
        assertEquals(List.of(), redirects);
        assertEquals(List.of(), ben.forwarded);
        assertEquals(1, rendezvous.stats().refused());
    }

    @Test
    void answersWhoComesFromARangeThatIsLetIn() {
        sought(2, "198.51.100.2:2000");
        seek(2, "10.0.0.9:9000");
        assertEquals(List.of("10.0.0.9:9000 -> O198.51.100.2:2000"), redirects);
    }

    @Test
    void doesNotFindWhoNeverReportedItsAddresses() {
        rendezvous.register(new FakeContact(2, "198.51.100.2:2000"));
        seek(2, "10.0.0.9:9000");
        assertEquals(List.of(), redirects);
        assertEquals(1, rendezvous.stats().unknown());
    }

    @Test
    void doesNotFindWhoIsGone() {
        Rendezvous.Registration ben = rendezvous.register(new FakeContact(2, "198.51.100.2:2000"));
        ben.report(List.of());
        ben.close();
        seek(2, "10.0.0.9:9000");
        assertEquals(1, rendezvous.stats().unknown());
        seek(1, "198.51.100.2:2000");
        assertEquals(1, rendezvous.stats().refused());
    }

    @Test
    void anOlderSessionThatEndsDoesNotTakeTheNewerOneAway() {
        Rendezvous.Registration before = rendezvous.register(new FakeContact(2, "198.51.100.2:2000"));
        before.report(List.of());
        sought(2, "198.51.100.2:2222");
        before.close();
        seek(2, "10.0.0.9:9000");
        assertEquals(List.of("10.0.0.9:9000 -> O198.51.100.2:2222"), redirects);
    }

    @Test
    void followsAContactThatMoves() {
        FakeContact anna = new FakeContact(1, "198.51.100.1:1000");
        Rendezvous.Registration registration = rendezvous.register(anna);
        registration.report(List.of());
        anna.address = at("203.0.113.1:1111");
        registration.moved();
        seek(1, "10.0.0.9:9000");
        assertEquals(List.of("10.0.0.9:9000 -> O203.0.113.1:1111"), redirects);
        seek(1, "198.51.100.1:1000");
        assertEquals(1, rendezvous.stats().refused());
    }

    @Test
    void answersNobodyMoreOftenThanItsRate() {
        sought(2, "198.51.100.2:2000");
        for (int i = 0; i < 10; i++) {
            seek(2, "10.0.0.9:900" + i);
        }
        assertEquals(SETTINGS.burst(), redirects.size());
        assertEquals(10 - SETTINGS.burst(), rendezvous.stats().limited());
        loop.advanceMs(2_000);
        seek(2, "10.0.0.9:9000");
        seek(2, "10.0.0.8:9000");
        assertEquals(SETTINGS.burst() + 2, redirects.size());
    }

    @Test
    void holdsNoMoreContactsThanItsLimit() {
        for (int i = 1; i <= 4; i++) {
            sought(i, "198.51.100." + i + ":1000");
        }
        assertEquals(3, rendezvous.stats().contacts());
    }

    @Test
    void countsWhatNamesNoPeer() {
        for (String hex : List.of("", "06050a6c697665", "210f00", "ff")) {
            rendezvous.onHello(new InitiatorHello(Bytes.wrap(HexFormat.of().parseHex(hex)), TAG), at("10.0.0.9:9000"));
        }
        assertEquals(4, rendezvous.stats().malformed());
        assertEquals(List.of(), redirects);
    }

    @Nested
    class BesideAnotherServer {
        private final List<String> otherRedirects = new ArrayList<>();
        private final Rendezvous other = rendezvous(otherRedirects);
        private final FakeContact seenHere = new FakeContact(101, "203.0.113.2:1935");
        private final FakeContact seenThere = new FakeContact(100, "203.0.113.1:1935");
        private final FakeContact anna = sought(1, "198.51.100.1:1000");
        private final FakeContact ben = new FakeContact(2, "198.51.100.2:2000");

        BesideAnotherServer() {
            rendezvous.addPartner(seenHere);
            other.addPartner(seenThere);
            other.letVouch(seenThere);
            other.register(ben).report(List.of("192.168.0.2:2000"));
        }

        private ForwardedInitiatorHello forwarded(int peer) {
            return new ForwardedInitiatorHello(
                    hello(peer(peer)).endpointDiscriminator(), new PeerAddress(anna.address, Origin.OBSERVED), TAG);
        }

        @Test
        void peersMeetThoughEachIsAtAServerOfItsOwn() {
            seek(2, "198.51.100.1:1000");
            assertEquals(List.of("198.51.100.1:1000 -> R203.0.113.2:1935"), redirects);
            assertEquals(List.of("O198.51.100.1:1000"), seenHere.forwarded);
            other.onForwarded(forwarded(2), seenThere);
            assertEquals(List.of("O198.51.100.1:1000"), ben.forwarded);
            // Redirected, it asks there with the same tag.
            other.onHello(hello(peer(2)), anna.address);
            assertEquals(List.of("198.51.100.1:1000 -> O198.51.100.2:2000 R192.168.0.2:2000"), otherRedirects);
            assertEquals(1, rendezvous.stats().sentOn());
            assertEquals(1, other.stats().vouched());
            assertEquals(1, other.stats().introductions());
        }

        @Test
        void aVoucherHoldsForItsPeerAndItsTimeAlone() {
            other.onForwarded(forwarded(2), seenThere);
            other.onHello(hello(peer(3)), anna.address);
            other.onHello(hello(peer(2)), at("198.51.100.7:1000"));
            loop.advanceMs(30_000);
            other.onHello(hello(peer(2)), anna.address);
            assertEquals(List.of(), otherRedirects);
            assertEquals(3, other.stats().refused());
        }

        @Test
        void nobodyElseVouches() {
            other.onForwarded(forwarded(2), ben);
            other.believeNoMore(seenThere);
            other.onForwarded(forwarded(2), seenThere);
            other.onHello(hello(peer(2)), anna.address);
            assertEquals(List.of(), otherRedirects);
            assertEquals(3, other.stats().refused());
        }

        @Test
        void whatNobodyKnowsIsNotSentToAndFro() {
            other.onForwarded(forwarded(9), seenThere);
            // Sent there, it asks for it; and may also ask without being sent.
            other.onHello(hello(peer(9)), anna.address);
            assertEquals(List.of(), seenThere.forwarded);
            assertEquals(2, other.stats().unknown());
            assertEquals(0, other.stats().sentOn());
        }
    }
}
