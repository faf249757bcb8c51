package lancaster.rtmfp.net;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lancaster.flv.FlvMessage;
import lancaster.netconnection.NetStatusEvent;
import lancaster.netconnection.NetStreamListener;

/** What a stream from a peer brought. */
final class LoopbackPlay implements NetStreamListener {
    private static final int PATIENCE_SECONDS = 60;

    private final List<FlvMessage> media = new CopyOnWriteArrayList<>();
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    @Override
    public void onMedia(FlvMessage message) {
        media.add(message);
    }

    @Override
    public void onNetStatus(NetStatusEvent event) {
        codes.add(event.code());
        if (event.code().equals("NetStream.Connect.Closed") || event.error()) {
            over.complete(true);
        }
    }

    /** What it was told, once it is over. */
    List<String> codes() throws Exception {
        over.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return codes;
    }

    /** The payloads of one kind, as far as they came. */
    List<FlvMessage> media(int type) {
        return media.stream().filter(message -> message.type() == type).toList();
    }
}
