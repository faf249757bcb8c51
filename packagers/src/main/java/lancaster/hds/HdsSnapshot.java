package lancaster.hds;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is served of a stream from one change of its window to the next.
 *
 * @param documents finished answers by what is asked
 * @param fragmentLife how long a fragment is loadable from its listing on
 * @param refusal why the stream doesn't go out as HDS
 * @param stats how the packaging goes
 */
record HdsSnapshot(
        Map<HdsResource, HdsAnswer.Document> documents,
        Duration fragmentLife,
        Optional<String> refusal,
        HdsStats stats) {
    static final HdsSnapshot EMPTY = new HdsSnapshot(Map.of(), Duration.ofSeconds(1), Optional.empty(), HdsStats.NONE);

    HdsSnapshot {
        documents = Map.copyOf(documents);
    }

    /** The lists withdrawn; fragments stay for their time. */
    HdsSnapshot close() {
        return new HdsSnapshot(Map.of(), fragmentLife, refusal, stats);
    }
}
