package lancaster.netconnection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.message.RtmpMessage.Command;

/** Calls to the server and their answers (RTMP §7.2.1.2). Owner: the loop of the connection. */
final class Calls {
    /** That of {@code connect} (RTMP §7.2.1.1). */
    static final int CONNECT = 1;

    private final Consumer<Command> out;
    private final Map<Integer, Responder> waiting = new HashMap<>();
    private int lastTransaction = CONNECT;

    Calls(Consumer<Command> out) {
        this.out = out;
    }

    void connect(List<AmfValue> arguments, Responder responder) {
        waiting.put(CONNECT, responder);
        out.accept(new Command(0, "connect", CONNECT, arguments));
    }

    void call(String name, Responder responder, AmfValue... arguments) {
        int transaction = 0;
        if (responder != Responder.NONE) {
            transaction = ++lastTransaction;
            waiting.put(transaction, responder);
        }
        List<AmfValue> values = new ArrayList<>(List.of(new AmfValue.Null()));
        values.addAll(List.of(arguments));
        out.accept(new Command(0, name, transaction, values));
    }

    void onResult(Command result) {
        Responder responder = waiting.remove((int) result.transactionId());
        if (responder != null) {
            List<AmfValue> arguments = result.arguments();
            responder.onResult(arguments.size() > 1 ? arguments.get(1) : new AmfValue.Undefined());
        }
    }

    void onError(Command error) {
        Responder responder = waiting.remove((int) error.transactionId());
        if (responder != null) {
            responder.onStatus(error.object(1));
        }
    }

    /** Nobody answers any more. */
    void end() {
        List<Responder> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(responder -> responder.onStatus(AmfObject.EMPTY));
    }
}
