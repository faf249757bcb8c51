package lancaster.media;

/**
 * One event of a live stream, in stream order. Publications make {@link TrackConfigured}, {@link AccessUnit} and
 * {@link DataMessage}; the live stream's timeline adds {@link TrackRemoved} and {@link Mark}s. Cuts, discontinuities and
 * ends are marks and are never inferred from anything else.
 */
public sealed interface MediaEvent permits TrackConfigured, TrackRemoved, AccessUnit, DataMessage, Mark {}
