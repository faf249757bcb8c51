package lancaster.rtmfp.tc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.Opening;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.Session;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/** A client's session with a server, on its way to be open. Owner: the loop of the endpoint. */
public final class TcOpening {
    private static final String NO_ANSWER =
            "no answer from %s: does it serve RTMFP there, is UDP let through, is who asks from here let in?";

    private final String server;
    private final Consumer<Session> opened;
    private final Consumer<String> failed;
    private Timer patience = Timer.NONE;
    private @Nullable Opening opening;
    private boolean over;

    private TcOpening(String server, Consumer<Session> opened, Consumer<String> failed) {
        this.server = server;
        this.opened = opened;
        this.failed = failed;
    }

    /**
     * Begins; of {@code opened} and {@code failed} one is called, once, unless it is cancelled.
     *
     * @param uri of the application, which the server is told
     * @param candidates where the server may be
     * @param patience for all of the handshake, parts of which may be lost
     * @param failed takes the likely cause
     */
    public static TcOpening begin(
            RtmfpEndpoint endpoint,
            RunLoop loop,
            String uri,
            List<InetSocketAddress> candidates,
            Duration patience,
            Consumer<Session> opened,
            Consumer<String> failed) {
        TcOpening made = new TcOpening(text(candidates), opened, failed);
        made.patience = loop.schedule(patience.toNanos(), made::onTimeout);
        made.opening = endpoint.open(EndpointDiscriminator.of(uri).encoded(), candidates, made.new Told());
        return made;
    }

    /** Gives it up, and says nothing. */
    public void cancel() {
        over = true;
        patience.cancel();
        if (opening != null) {
            opening.cancel();
        }
    }

    private void onTimeout() {
        fail(NO_ANSWER.formatted(server));
    }

    private void fail(String why) {
        if (!over) {
            cancel();
            failed.accept(why);
        }
    }

    private static String text(List<InetSocketAddress> candidates) {
        return String.join(
                ", ",
                candidates.stream()
                        .map(each -> each.getHostString() + ":" + each.getPort())
                        .toList());
    }

    private final class Told implements OpenListener {
        @Override
        public void onOpen(Session session) {
            over = true;
            patience.cancel();
            opened.accept(session);
        }

        @Override
        public void onFailed(OpenFailure failure) {
            fail(
                    switch (failure) {
                        case NO_ANSWER -> NO_ANSWER.formatted(server);
                        case NO_KEYS -> "the server begins a handshake and doesn't end it";
                        case NOT_ACCEPTABLE -> "the server has no keys of a kind that is understood here";
                        case TOO_MANY_SESSIONS, ENDPOINT_CLOSED -> "closed by us";
                    });
        }
    }
}
