package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import lancaster.rendezvous.Contact;
import lancaster.rendezvous.Rendezvous;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.tc.PartnerDialogue;
import lancaster.rtmfp.tc.SessionContact;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to a partner, made anew whenever it is lost. Owner: the loop of the server. */
final class Partner {
    private static final Logger LOG = LoggerFactory.getLogger(Partner.class);
    private static final String ITSELF = "it is this server itself";
    private static final long FIRST_WAIT_NS = 1_000_000_000;
    private static final long LONGEST_WAIT_NS = 60_000_000_000L;

    private final ServerAddress server;
    private final Partners.Network network;
    private final PeerId ours;
    private final Rendezvous rendezvous;
    private List<InetAddress> addresses = List.of();
    private long waitNs = FIRST_WAIT_NS;
    private Timer again = Timer.NONE;
    private Timer refreshing = Timer.NONE;
    private Optional<Contact> contact = Optional.empty();
    private Optional<String> cause = Optional.of("not connected yet");
    private String logged = "";
    private @Nullable PartnerDialogue dialogue;
    private boolean closed;

    /** Begins to connect at once. */
    Partner(ServerAddress server, Partners.Network network, PeerId ours, Rendezvous rendezvous) {
        this.server = server;
        this.network = network;
        this.ours = ours;
        this.rendezvous = rendezvous;
        refresh();
        dial();
    }

    boolean isAt(InetAddress address) {
        return addresses.contains(address);
    }

    /** Whether it may be this server that comes from there and shows these keys. */
    boolean isIt(InetAddress address, List<String> keys) {
        return isAt(address) && server.isShown(keys);
    }

    PartnerStats stats() {
        return new PartnerStats(server, contact.isPresent(), cause);
    }

    void close() {
        closed = true;
        again.cancel();
        refreshing.cancel();
        if (dialogue != null) {
            dialogue.close();
        }
    }

    /** Names may stand for other addresses after a while; those of a name that can't be looked up stay. */
    private void refresh() {
        network.lookups().execute(() -> {
            try {
                List<InetAddress> found = List.of(InetAddress.getAllByName(server.host()));
                network.loop().execute(() -> addresses = found);
            } catch (UnknownHostException e) {
                // Who connects says so.
            }
        });
        refreshing = network.loop().schedule(LONGEST_WAIT_NS, this::refresh);
    }

    private void dial() {
        RtmfpDial dial =
                new RtmfpDial(server.url(), network.transport(), network.loop(), network.lookups(), network.patience());
        dialogue = new PartnerDialogue(
                server.url().tcUrl(),
                server.key(),
                network.patience(),
                network.loop(),
                dial.connection(),
                new PartnerDialogue.Listener() {
                    @Override
                    public void onAgreed() {
                        dial.connection().session().ifPresent(session -> agreed(new SessionContact(session)));
                    }

                    @Override
                    public void onOver(String why) {
                        over(why);
                    }
                });
        dial.begin();
    }

    private void agreed(Contact far) {
        if (far.peerId().equals(ours)) {
            // One list may serve many boxes, and each is in it.
            waitNs = LONGEST_WAIT_NS;
            cause = Optional.of(ITSELF);
            logged = ITSELF;
            if (dialogue != null) {
                dialogue.close();
            }
            return;
        }
        waitNs = FIRST_WAIT_NS;
        contact = Optional.of(far);
        cause = Optional.empty();
        logged = "";
        rendezvous.addPartner(far);
        LOG.info("rtmfp peer connected server={}", server);
    }

    private void over(String why) {
        contact.ifPresent(rendezvous::removePartner);
        contact = Optional.empty();
        dialogue = null;
        if (closed) {
            return;
        }
        if (!cause.equals(Optional.of(ITSELF))) {
            cause = Optional.of(why);
            if (!why.equals(logged)) {
                logged = why;
                LOG.warn("rtmfp peer not connected server={} reason=\"{}\"", server, why);
            }
        }
        again = network.loop().schedule(waitNs, this::dial);
        waitNs = Math.min(LONGEST_WAIT_NS, 2 * waitNs);
    }
}
