package lancaster.stream;

import lancaster.media.TimelineRecord;

/** A timeline and where it goes on: what survives a restart. */
record TimelineState(TimelineRecord record, TimelinePosition next) {}
