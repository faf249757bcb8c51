package lancaster.rtp;

import java.util.ArrayList;
import java.util.List;

/** What a reorder buffer gave, as one line: sequence numbers, {@code -N} for N lost, {@code |} for a beginning. */
final class RecordedListener implements RtpListener {
    private final List<String> events = new ArrayList<>();

    @Override
    public void onPacket(RtpPacket packet, long arrivalNs) {
        events.add(Integer.toString(packet.sequence()));
    }

    @Override
    public void onLost(int packets) {
        events.add("-" + packets);
    }

    @Override
    public void onRestart() {
        events.add("|");
    }

    /** What came since this was asked last. */
    String take() {
        String line = String.join(" ", events);
        events.clear();
        return line;
    }
}
