package lancaster.hds;

/** What can be asked of a stream over HDS. */
public sealed interface HdsResource {
    /** {@code NAME.f4m}: everything in one manifest. */
    record Manifest() implements HdsResource {}

    /** {@code NAME.f4m?level=set}: the set level of a multi-level manifest. */
    record SetManifest() implements HdsResource {}

    /** {@code NAME/hds/stream.f4m}: the stream level. */
    record StreamManifest() implements HdsResource {}

    /** {@code NAME/hds/stream.abst}. */
    record Bootstrap() implements HdsResource {}

    /** {@code NAME/hds/streamSegSEGMENT-FragNUMBER}. */
    record Fragment(long number) implements HdsResource {}
}
