package lancaster.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import lancaster.rtmfp.crypto.PeerId;

/**
 * In which peers register a name for their peer ID and look others up. A registration holds for a time and is renewed by
 * being made again; whoever holds a name keeps others off it until then. Owner: the control executor.
 */
public final class PeerDirectory {
    private final DirectorySettings settings;
    private final InstantSource clock;
    private final TreeMap<String, PeerEntry> byName = new TreeMap<>();
    private final Map<String, Integer> namesOf = new HashMap<>();
    /** When names have to be forgotten, the next first. */
    private final PriorityQueue<PeerEntry> due = new PriorityQueue<>(Comparator.comparing(PeerEntry::until));

    private long lookups;
    private long misses;

    public PeerDirectory(DirectorySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Registers a name, or renews it.
     *
     * @param by who asks; another's name is refused while it holds
     * @param lifetime is brought within the bounds of the settings
     * @throws NameRefusedException and says why
     */
    public PeerEntry register(String name, PeerId peerId, String by, Duration lifetime) throws NameRefusedException {
        forgetExpired();
        requireName(name);
        PeerEntry before = byName.get(name);
        if (before != null && !before.by().equals(by)) {
            throw new NameRefusedException(
                    NameRefusedException.Reason.TAKEN,
                    name + " is held by " + before.by() + " until " + before.until());
        }
        if (before == null) {
            requireRoom(by);
            namesOf.merge(by, 1, Integer::sum);
        } else {
            due.remove(before);
        }
        PeerEntry entry = new PeerEntry(name, peerId, by, clock.instant().plus(bounded(lifetime)));
        byName.put(name, entry);
        due.add(entry);
        return entry;
    }

    public Optional<PeerEntry> find(String name) {
        forgetExpired();
        Optional<PeerEntry> found = Optional.ofNullable(byName.get(name));
        lookups++;
        misses += found.isEmpty() ? 1 : 0;
        return found;
    }

    /** All entries by name. */
    public List<PeerEntry> all() {
        forgetExpired();
        return List.copyOf(byName.values());
    }

    /** Forgets a name; whether it was there. */
    public boolean remove(String name) {
        PeerEntry removed = byName.remove(name);
        if (removed == null) {
            return false;
        }
        due.remove(removed);
        namesOf.computeIfPresent(removed.by(), (by, count) -> count == 1 ? null : count - 1);
        return true;
    }

    /** Forgets a name that somebody registered, if it is theirs. */
    public Optional<PeerEntry> remove(String name, String by) {
        forgetExpired();
        PeerEntry held = byName.get(name);
        if (held == null || !held.by().equals(by)) {
            return Optional.empty();
        }
        remove(name);
        return Optional.of(held);
    }

    /** Forgets the names that somebody registered, such as a connection that is gone. */
    public void removeAll(String by) {
        all().stream().filter(entry -> entry.by().equals(by)).forEach(entry -> remove(entry.name()));
    }

    public DirectoryStats stats() {
        forgetExpired();
        return new DirectoryStats(byName.size(), lookups, misses);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        while (!due.isEmpty() && !due.peek().until().isAfter(now)) {
            remove(due.remove().name());
        }
    }

    private void requireName(String name) throws NameRefusedException {
        boolean plain = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > settings.nameLength() || !plain || name.indexOf('/') >= 0) {
            throw new NameRefusedException(
                    NameRefusedException.Reason.UNUSABLE,
                    "a name has 1 to " + settings.nameLength() + " characters, none of them a slash or unprintable");
        }
    }

    private void requireRoom(String by) throws NameRefusedException {
        if (byName.size() >= settings.names()) {
            throw new NameRefusedException(
                    NameRefusedException.Reason.FULL, "the directory is full, it holds " + settings.names() + " names");
        }
        if (namesOf.getOrDefault(by, 0) >= settings.namesOfOne()) {
            throw new NameRefusedException(
                    NameRefusedException.Reason.FULL, by + " holds " + settings.namesOfOne() + " names, no more fit");
        }
    }

    private Duration bounded(Duration lifetime) {
        if (lifetime.compareTo(settings.shortest()) < 0) {
            return settings.shortest();
        }
        return lifetime.compareTo(settings.longest()) > 0 ? settings.longest() : lifetime;
    }
}
