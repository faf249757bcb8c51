package lancaster.hds;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.segment.FormatSegments;
import lancaster.segment.Rendered;
import lancaster.segment.SegmentEnd;
import lancaster.segment.SegmentSink;
import lancaster.segment.SegmentWindow;
import lancaster.segment.TrackSet;
import org.jspecify.annotations.Nullable;

/**
 * Renders bootstrap and manifests of a stream whenever its fragments have changed, and publishes them together. Stands
 * behind the fragments in the line of sinks. Owned by the packaging loop.
 */
final class HdsRenderer implements SegmentSink {
    private final String name;
    private final FormatSegments fragments;
    private final Supplier<HdsStats> stats;
    private final HdsFeed feed;
    private HdsSettings settings;
    private @Nullable TimelineRecord record;
    private Optional<String> refusal = Optional.empty();

    HdsRenderer(String name, HdsSettings settings, FormatSegments fragments, Supplier<HdsStats> stats, HdsFeed feed) {
        this.name = name;
        this.settings = settings;
        this.fragments = fragments;
        this.stats = stats;
        this.feed = feed;
    }

    void change(HdsSettings next) {
        settings = next;
    }

    @Override
    public void begin(Mark mark, TrackSet tracks) {
        record = mark.record();
        Optional<String> now = HdsCodecs.refusal(tracks.tracks());
        if (!now.equals(refusal)) {
            refusal = now;
            render();
        }
    }

    @Override
    public void write(AccessUnit unit) {}

    @Override
    public void lose() {}

    @Override
    public void end(SegmentEnd end) {
        render();
    }

    @Override
    public void close() {
        render();
    }

    private void render() {
        SegmentWindow window = fragments.window();
        if (record == null) {
            return;
        }
        BootstrapInfo bootstrap = BootstrapInfo.of(window);
        Map<HdsResource, HdsAnswer.Document> documents = new HashMap<>();
        if (refusal.isEmpty() && bootstrap.fragments() > 0) {
            F4mManifest manifest = new F4mManifest(
                    name,
                    settings.dvr(),
                    Duration.ofMillis(Timebase.toMs(record.segment90k())),
                    HdsDescription.of(window));
            document(documents, new HdsResource.Bootstrap(), bootstrap.write(), HdsAnswer.BOOTSTRAP_TYPE);
            manifest(documents, new HdsResource.Manifest(), manifest.single());
            manifest(documents, new HdsResource.SetManifest(), manifest.set());
            manifest(documents, new HdsResource.StreamManifest(), manifest.streamLevel());
        }
        Duration life = Duration.ofMillis(Timebase.toMs(fragments.life90k()));
        feed.publish(new HdsSnapshot(documents, life, refusal, stats.get()));
    }

    private void manifest(Map<HdsResource, HdsAnswer.Document> documents, HdsResource resource, String text) {
        document(documents, resource, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)), HdsAnswer.MANIFEST_TYPE);
    }

    /** What stayed the same is not compressed again. */
    private void document(
            Map<HdsResource, HdsAnswer.Document> documents, HdsResource resource, Bytes bytes, String contentType) {
        HdsAnswer.Document before = feed.snapshot().documents().get(resource);
        Rendered body = before != null && before.body().plain().equals(bytes) ? before.body() : Rendered.of(bytes);
        documents.put(resource, new HdsAnswer.Document(body, contentType, maxAge()));
    }

    /** From a second to half a fragment (HDS §10.2). */
    private Duration maxAge() {
        long halfMs = record == null ? 0 : Timebase.toMs(record.segment90k()) / 2;
        return Duration.ofMillis(Math.max(1000, halfMs));
    }
}
