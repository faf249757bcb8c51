package lancaster.sap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lancaster.bytes.Bytes;

/** The sessions that others announce on a group, until they take them back or fall silent (§4). Owner: one loop. */
public final class SapDirectory {
    /** More would be a flood. */
    static final int LIMIT = 1_000;

    private static final long SILENCE_NS = 3_600_000_000_000L;
    private static final int SILENT_INTERVALS = 10;

    private record Key(Bytes origin, int hash) {}

    /**
     * A session that was heard.
     *
     * @param lastNs when it was last announced
     * @param intervalNs since the announcement before; 0: there was none
     */
    public record Heard(SapPacket packet, long lastNs, long intervalNs) {}

    private final Map<Key, Heard> sessions = new LinkedHashMap<>();

    /** @return whether it told something new */
    public boolean onPacket(SapPacket packet, long nowNs) {
        expire(nowNs);
        Key key = new Key(packet.origin(), packet.messageIdHash());
        if (packet.deletion()) {
            return sessions.remove(key) != null;
        }
        Heard before = sessions.get(key);
        if (before == null && sessions.size() >= LIMIT) {
            return false;
        }
        sessions.put(key, new Heard(packet, nowNs, before == null ? 0 : nowNs - before.lastNs()));
        return before == null;
    }

    public void expire(long nowNs) {
        sessions.values()
                .removeIf(
                        heard -> nowNs - heard.lastNs() > Math.max(SILENCE_NS, SILENT_INTERVALS * heard.intervalNs()));
    }

    public int count() {
        return sessions.size();
    }

    public Collection<Heard> sessions() {
        return List.copyOf(sessions.values());
    }
}
