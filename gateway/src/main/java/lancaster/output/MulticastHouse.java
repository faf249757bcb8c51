package lancaster.output;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.Pacer;
import lancaster.runloop.RunLoop;

/**
 * What multicast outputs share.
 *
 * @param claims belongs to the loop
 * @param random for what RTP wants unguessable; safe for several threads
 */
record MulticastHouse(
        RunLoop loop,
        Pacer pacer,
        MulticastOutlets outlets,
        AddressPlan plan,
        AddressClaims claims,
        InstantSource clock,
        RandomGenerator random) {}
