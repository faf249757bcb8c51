package lancaster.rtmfp.tc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.ClientEnd;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/**
 * What a server says to another at which its clients are to find peers: connect, and {@code introducePeers}. Owner: the
 * connection's loop.
 */
public final class PartnerDialogue implements ClientEnd {
    private static final int CONNECT = 1;
    private static final int INTRODUCE = 2;
    private static final int MAX_WHY_CHARS = 300;

    private final String tcUrl;
    private final String key;
    private final Duration patience;
    private final RunLoop loop;
    private final TcClientConnection connection;
    private final Listener listener;
    private Timer timer = Timer.NONE;
    private boolean over;

    /** What becomes of it. */
    public interface Listener {
        /** The other server introduces its clients to ours. */
        void onAgreed();

        /** It does so no longer, or never will; once. */
        void onOver(String why);
    }

    /**
     * @param key to show; none where it is empty
     * @param patience with which its answers are waited for
     */
    public PartnerDialogue(
            String tcUrl,
            String key,
            Duration patience,
            RunLoop loop,
            TcClientConnection connection,
            Listener listener) {
        this.tcUrl = tcUrl;
        this.key = key;
        this.patience = patience;
        this.loop = loop;
        this.connection = connection;
        this.listener = listener;
        connection.attach(this);
        connection.limit(ChunkLimits.COMMANDS);
        connection.deliverTo(this::onMessage);
    }

    @Override
    public void onConnected() {
        timer = loop.schedule(
                patience.toNanos(), () -> end("it doesn't agree to anything for " + patience.toSeconds() + " s"));
        AmfObject object =
                AmfObject.builder().put("app", "").put("tcUrl", tcUrl).build();
        List<AmfValue> arguments = new ArrayList<>(List.of(new AmfValue.Obj(object)));
        if (!key.isEmpty()) {
            arguments.add(new AmfValue.Str(key));
        }
        connection.send(new Command(0, "connect", CONNECT, arguments));
    }

    private void onMessage(RtmpMessage message) {
        if (over || !(message instanceof Command command)) {
            return;
        }
        boolean result = command.name().equals("_result");
        if (result && command.transactionId() == CONNECT) {
            connection.send(new Command(0, "introducePeers", INTRODUCE, new AmfValue.Null()));
        } else if (result && command.transactionId() == INTRODUCE) {
            timer.cancel();
            listener.onAgreed();
        } else if (command.name().equals("_error")) {
            end(why(command));
        }
    }

    private static String why(Command error) {
        AmfObject information = error.object(1);
        String why = information.string("code").orElse("") + ": "
                + information.string("description").orElse("");
        String line = why.replaceAll("\\p{Cntrl}", " ");
        return line.substring(0, Math.min(MAX_WHY_CHARS, line.length()));
    }

    /** Takes leave. */
    public void close() {
        end("closed by us");
    }

    private void end(String why) {
        if (!over) {
            over = true;
            timer.cancel();
            connection.close();
            listener.onOver(why);
        }
    }

    @Override
    public void onWritable() {
        // Nothing waits.
    }

    @Override
    public void onFault(String why) {
        end(why);
    }

    @Override
    public void onClosed(String why) {
        end(why);
    }
}
