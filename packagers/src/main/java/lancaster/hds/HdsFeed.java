package lancaster.hds;

import java.time.Duration;
import java.util.Optional;
import lancaster.segment.SegmentFeed;
import lancaster.segment.SegmentFile;
import lancaster.segment.SegmentFolder;

/** The HTTP face of a stream's HDS: any thread asks, answers are finished bytes and files. */
public final class HdsFeed {
    /** Of answers that a fragment is missing: it may be there within a moment, and many players ask at once (HDS §11.3). */
    private static final Duration MISSING_AGE = Duration.ofSeconds(1);

    private final SegmentFolder folder;
    private final SegmentFeed<HdsSnapshot> snapshots = new SegmentFeed<>(HdsSnapshot.EMPTY);

    HdsFeed(SegmentFolder folder) {
        this.folder = folder;
    }

    public HdsAnswer find(HdsResource resource) {
        HdsSnapshot now = snapshots.snapshot();
        if (resource instanceof HdsResource.Fragment fragment) {
            Optional<SegmentFile> file = folder.find(fragment.number());
            if (file.isPresent()) {
                return new HdsAnswer.File(file.get(), '"' + file.get().identity() + '"', now.fragmentLife());
            }
            boolean gone = folder.had(fragment.number());
            return new HdsAnswer.Missing(
                    gone ? "This was here and is gone." : "This is not here, or not yet.", MISSING_AGE);
        }
        HdsAnswer.Document document = now.documents().get(resource);
        return document == null ? new HdsAnswer.Missing(reason(now), Duration.ZERO) : document;
    }

    /** Whether there is something to play. */
    public boolean listed() {
        return !snapshots.snapshot().documents().isEmpty();
    }

    /** Why the stream can't go out as HDS; empty if it can. */
    public Optional<String> refusal() {
        return snapshots.snapshot().refusal();
    }

    /** As of the newest fragment. */
    public HdsStats stats() {
        return snapshots.snapshot().stats();
    }

    /** Calls {@code listener} on the packaging loop whenever something has changed. */
    public void addListener(Runnable listener) {
        snapshots.addListener(snapshot -> listener.run());
    }

    void publish(HdsSnapshot next) {
        snapshots.publish(next);
    }

    HdsSnapshot snapshot() {
        return snapshots.snapshot();
    }

    private static String reason(HdsSnapshot now) {
        return now.refusal()
                .map(why -> "This stream doesn't go out as HDS: " + why + '.')
                .orElse("This is not here, or not yet.");
    }
}
