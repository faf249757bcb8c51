package lancaster.rtmfp.tc;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Command;

/**
 * What clients of RTMFP call with {@code NetConnection.call} beside what RFC 7425 names. The names of peers:
 *
 * <ul>
 *   <li>{@code registerPeer(name, seconds)}: others find the caller under that name for so long (five minutes unless
 *       said) or until its connection ends; calling it again renews it
 *   <li>{@code unregisterPeer(name)}: no longer
 *   <li>{@code lookupPeer(name)}: whoever registered it
 * </ul>
 *
 * <p>Each is answered with an object of {@code name}, {@code peerID} and {@code validSeconds}, or with an error,
 * NetConnection.Call.Failed, whose description says why. And other servers call {@code introducePeers()}, to have their
 * clients introduced to those of this one.
 */
final class PeerCalls implements Predicate<Command> {
    /** Whoever says nothing else renews it more often than that. */
    private static final long VALID_SECONDS = 300;

    private static final long MAX_SECONDS = 1L << 31;
    /** Calls of one connection that wait for an answer. */
    private static final int MAX_WAITING = 8;

    private static final Map<String, Handler> HANDLERS = Map.of(
            "registerPeer", PeerCalls::register,
            "unregisterPeer", PeerCalls::unregister,
            "lookupPeer", PeerCalls::lookUp,
            "introducePeers", PeerCalls::becomePartner);

    private final Visitor visitor;
    private final Consumer<Command> sender;
    private final Runnable stays;
    private int waiting;
    private boolean registered;
    private boolean over;

    /** One of the calls. */
    private interface Handler {
        void on(PeerCalls calls, PeerId caller, Command command);
    }

    /** @param stays runs when the client has something to stay for though it has no media */
    PeerCalls(Visitor visitor, Consumer<Command> sender, Runnable stays) {
        this.visitor = visitor;
        this.sender = sender;
        this.stays = stays;
    }

    @Override
    public boolean test(Command command) {
        Handler handler = HANDLERS.get(command.name());
        Optional<PeerId> caller = visitor.peerId();
        if (handler == null || caller.isEmpty()) {
            return false;
        }
        handler.on(this, caller.get(), command);
        return true;
    }

    /** The connection is gone. */
    void end() {
        over = true;
        if (registered) {
            registered = false;
            visitor.peerId().ifPresent(visitor.names()::forget);
        }
    }

    private void register(PeerId caller, Command command) {
        double seconds = command.arguments().size() < 3
                ? VALID_SECONDS
                : command.arguments().get(2).asNumber().orElse(VALID_SECONDS);
        long bounded = (long) Math.max(0, Math.min(MAX_SECONDS, seconds));
        ask(command, answer -> {
            registered = true;
            visitor.names().register(caller, name(command), Duration.ofSeconds(bounded), answer);
        });
    }

    private void unregister(PeerId caller, Command command) {
        ask(command, answer -> visitor.names().unregister(caller, name(command), answer));
    }

    private void lookUp(PeerId caller, Command command) {
        ask(command, answer -> visitor.names().lookUp(name(command), answer));
    }

    private void becomePartner(PeerId caller, Command command) {
        visitor.becomePartner().ifPresentOrElse(why -> refuse(command, why), () -> {
            stays.run();
            answer(command, "_result", new AmfValue.Undefined());
        });
    }

    private static String name(Command command) {
        return command.string(1).orElse("");
    }

    private void ask(Command command, Consumer<PeerNames.Answer> question) {
        if (waiting == MAX_WAITING) {
            refuse(command, "more than " + MAX_WAITING + " calls at a time");
            return;
        }
        waiting++;
        question.accept(new PeerNames.Answer() {
            @Override
            public void found(PeerNames.Entry entry) {
                waiting--;
                AmfObject information = AmfObject.builder()
                        .put("name", entry.name())
                        .put("peerID", entry.peerId().toString())
                        .put("validSeconds", (double) entry.left().toSeconds())
                        .build();
                if (!over && registered) {
                    stays.run();
                }
                answer(command, "_result", new AmfValue.Obj(information));
            }

            @Override
            public void refused(String why) {
                waiting--;
                refuse(command, why);
            }
        });
    }

    private void refuse(Command command, String why) {
        answer(
                command,
                "_error",
                new AmfValue.Obj(NetStatus.CALL_FAILED.toInformation(why).build()));
    }

    private void answer(Command call, String name, AmfValue value) {
        if (!over && call.transactionId() != 0) {
            sender.accept(new Command(call.messageStreamId(), name, call.transactionId(), new AmfValue.Null(), value));
        }
    }
}
