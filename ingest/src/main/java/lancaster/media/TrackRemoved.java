package lancaster.media;

/** A track is over: from the discontinuity on whose mark follows, the stream goes without it. */
public record TrackRemoved(int trackId) implements MediaEvent {}
