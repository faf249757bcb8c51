package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmp.message.RtmpMessage.Command;
import org.junit.jupiter.api.Test;

class PeerCallsTest {
    private static final PeerId ANNA = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));

    private int stays;
    private final FakeNames names = new FakeNames();
    private final List<Command> sent = new ArrayList<>();
    private final PeerCalls calls = new PeerCalls(new Anna(Optional.empty()), sent::add, () -> stays++);

    /** Keeps what it is asked. */
    private static final class FakeNames implements PeerNames {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final List<Answer> waiting = new ArrayList<>();
        private boolean slow;
        private int forgotten;

        @Override
        public void register(PeerId peer, String name, Duration lifetime, Answer answer) {
            Entry entry = new Entry(name, peer, lifetime);
            entries.put(name, entry);
            answer.found(entry);
        }

        @Override
        public void unregister(PeerId peer, String name, Answer answer) {
            answer.found(Objects.requireNonNull(entries.remove(name)));
        }

        @Override
        public void lookUp(String name, Answer answer) {
            if (slow) {
                waiting.add(answer);
            } else if (entries.containsKey(name)) {
                answer.found(entries.get(name));
            } else {
                answer.refused("nobody has that name");
            }
        }

        @Override
        public void forget(PeerId peer) {
            forgotten++;
        }
    }

    private final class Anna implements Visitor {
        private final Optional<String> noPartner;

        Anna(Optional<String> noPartner) {
            this.noPartner = noPartner;
        }

        @Override
        public Optional<String> refusal(List<String> keys) {
            return Optional.empty();
        }

        @Override
        public boolean report(List<String> addresses) {
            return true;
        }

        @Override
        public Optional<String> becomePartner() {
            return noPartner;
        }

        @Override
        public Optional<PeerId> peerId() {
            return Optional.of(ANNA);
        }

        @Override
        public PeerNames names() {
            return names;
        }

        @Override
        public void moved() {}

        @Override
        public void leave() {}
    }

    private static Command call(String name, AmfValue... arguments) {
        AmfValue[] values = new AmfValue[arguments.length + 1];
        values[0] = new AmfValue.Null();
        System.arraycopy(arguments, 0, values, 1, arguments.length);
        return new Command(0, name, 7, values);
    }

    private static AmfValue text(String text) {
        return new AmfValue.Str(text);
    }

    private AmfObject answer(String name) {
        Command last = sent.get(sent.size() - 1);
        assertEquals(name, last.name());
        assertEquals(7, last.transactionId());
        return last.object(1);
    }

    @Test
    void registersANameAndFindsIt() {
        assertTrue(calls.test(call("registerPeer", text("anna"), new AmfValue.Num(60))));
        assertEquals(60, answer("_result").number("validSeconds").orElseThrow());
        assertEquals(1, stays);
        assertTrue(calls.test(call("lookupPeer", text("anna"))));
        assertEquals(ANNA.toString(), answer("_result").string("peerID").orElseThrow());
        assertTrue(calls.test(call("unregisterPeer", text("anna"))));
        assertEquals("anna", answer("_result").string("name").orElseThrow());
        assertTrue(names.entries.isEmpty());
    }

    @Test
    void holdsANameForFiveMinutesUnlessSaid() {
        calls.test(call("registerPeer", text("anna")));
        assertEquals(300, answer("_result").number("validSeconds").orElseThrow());
    }

    @Test
    void bearsNumbersThatAreNone() {
        for (double seconds : new double[] {Double.NaN, -5, Double.POSITIVE_INFINITY, 1e300}) {
            assertTrue(calls.test(call("registerPeer", text("anna"), new AmfValue.Num(seconds))));
            assertTrue(answer("_result").number("validSeconds").orElseThrow() >= 0);
        }
    }

    @Test
    void saysWhyNobodyIsFound() {
        calls.test(call("lookupPeer", text("ben")));
        AmfObject information = answer("_error");
        assertEquals("NetConnection.Call.Failed", information.string("code").orElseThrow());
        assertEquals("nobody has that name", information.string("description").orElseThrow());
    }

    @Test
    void leavesOtherCallsToOthers() {
        assertFalse(calls.test(call("checkBandwidth")));
        assertFalse(new PeerCalls(Visitor.NONE, sent::add, () -> {}).test(call("lookupPeer", text("anna"))));
        assertTrue(sent.isEmpty());
    }

    @Test
    void boundsTheCallsThatWait() {
        names.slow = true;
        for (int i = 0; i < 9; i++) {
            calls.test(call("lookupPeer", text("anna")));
        }
        assertEquals(1, sent.size());
        assertEquals(
                "more than 8 calls at a time",
                answer("_error").string("description").orElseThrow());
        names.waiting.forEach(waiting -> waiting.refused("gone"));
        calls.test(call("lookupPeer", text("anna")));
        assertEquals(9, names.waiting.size());
        calls.end();
        names.waiting.get(8).refused("too late");
        assertEquals(9, sent.size());
    }

    @Test
    void forgetsTheNamesOfAConnectionThatIsGone() {
        calls.end();
        assertEquals(0, names.forgotten);
        PeerCalls others = new PeerCalls(new Anna(Optional.empty()), sent::add, () -> {});
        others.test(call("registerPeer", text("anna")));
        others.end();
        others.end();
        assertEquals(1, names.forgotten);
    }

    @Test
    void tellsAnotherServerWhetherItsClientsAreIntroduced() {
        calls.test(call("introducePeers"));
        answer("_result");
        assertEquals(1, stays);
        PeerCalls strict = new PeerCalls(new Anna(Optional.of("not named here")), sent::add, () -> stays++);
        strict.test(call("introducePeers"));
        assertEquals("not named here", answer("_error").string("description").orElseThrow());
        assertEquals(1, stays);
    }
}
