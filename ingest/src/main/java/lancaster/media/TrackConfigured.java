package lancaster.media;

/** A track exists from here on, or its decoder configuration changes; never sent for an unchanged configuration. */
public record TrackConfigured(Track track) implements MediaEvent {}
