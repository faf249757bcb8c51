package lancaster.pull;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import lancaster.stream.StreamRegistry;

/**
 * What all that is fetched shares.
 *
 * @param random spreads what is tried again; safe for several threads
 */
record PullContext(Sources sources, StreamRegistry streams, InstantSource clock, RandomGenerator random) {}
