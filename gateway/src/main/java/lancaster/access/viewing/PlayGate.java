package lancaster.access.viewing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import lancaster.access.LogBudget;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.PlayHandler;
import lancaster.rtmp.session.PlayReply;
import lancaster.rtmp.session.PlayRequest;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where players come in: may they watch the stream, by the rule that holds for every format. Tickets are judged on the
 * control thread, because keys lie in files; the answer is given on the player's loop.
 */
public final class PlayGate implements PlayHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PlayGate.class);

    private final Predicate<StreamPath> known;
    private final ViewingGate viewing;
    private final Executor control;
    private final LogBudget logBudget;

    /**
     * @param known whether a stream of that name could ever be there
     * @param control one thread, which may read files
     * @param nowNs its clock
     */
    public PlayGate(Predicate<StreamPath> known, ViewingGate viewing, Executor control, LongSupplier nowNs) {
        this.known = known;
        this.viewing = viewing;
        this.control = control;
        this.logBudget = new LogBudget(nowNs);
    }

    @Override
    public void play(PlayRequest request, PlayReply reply) {
        if (!known.test(request.path())) {
            refuse(request, reply, NetStatus.PLAY_STREAM_NOT_FOUND, "this gateway has no stream " + request.path());
        } else if (viewing.isOpen(request.path())) {
            reply.accept();
        } else {
            control.execute(() -> {
                Verdict verdict = viewing.judge(request.path(), address(request.remoteAddress()), ticket(request));
                request.loop().execute(() -> answer(request, reply, verdict));
            });
        }
    }

    private void answer(PlayRequest request, PlayReply reply, Verdict verdict) {
        if (verdict.admitted()) {
            reply.accept();
        } else {
            refuse(request, reply, NetStatus.PLAY_FAILED, verdict.reason());
        }
    }

    private void refuse(PlayRequest request, PlayReply reply, NetStatus code, String description) {
        OptionalLong unsaid = logBudget.take();
        if (unsaid.isPresent()) {
            LOG.info(
                    "play refused path={} from={} reason=\"{}\" unsaid={}",
                    request.path(),
                    request.remoteAddress(),
                    description,
                    unsaid.getAsLong());
        }
        reply.refuse(code, description);
    }

    private static Optional<Ticket> ticket(PlayRequest request) {
        return Ticket.of(
                request.parameter().apply(Ticket.TOKEN),
                request.parameter().apply(Ticket.UNTIL),
                request.parameter().apply(Ticket.SIGN));
    }

    /** Of {@code 192.0.2.7:5000} or {@code [2001:db8::7]:5000}; nothing is looked up. */
    private static InetAddress address(String remoteAddress) {
        String host = remoteAddress.substring(0, remoteAddress.lastIndexOf(':'));
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address that is none: " + host, e);
        }
    }
}
