package lancaster.output;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.Pacer;
import lancaster.runloop.RunLoop;

/** What multicast outputs share. Owner: the multicast loop. */
final class MulticastHouse {
    private final RunLoop loop;
    private final Pacer pacer;
    private final MulticastOutlets outlets;
    private final AddressClaims claims;
    private final InstantSource clock;
    private final RandomGenerator random;
    private AddressPlan plan;

    /** @param random for what RTP wants unguessable; safe for several threads */
    MulticastHouse(
            RunLoop loop,
            Pacer pacer,
            MulticastOutlets outlets,
            AddressPlan plan,
            AddressClaims claims,
            InstantSource clock,
            RandomGenerator random) {
        this.loop = loop;
        this.pacer = pacer;
        this.outlets = outlets;
        this.plan = plan;
        this.claims = claims;
        this.clock = clock;
        this.random = random;
    }

    RunLoop loop() {
        return loop;
    }

    Pacer pacer() {
        return pacer;
    }

    MulticastOutlets outlets() {
        return outlets;
    }

    AddressPlan plan() {
        return plan;
    }

    /** Whether {@code newPlan} is another than the present one. */
    boolean replan(AddressPlan newPlan) {
        boolean other = !newPlan.range().equals(plan.range());
        plan = newPlan;
        return other;
    }

    AddressClaims claims() {
        return claims;
    }

    InstantSource clock() {
        return clock;
    }

    RandomGenerator random() {
        return random;
    }
}
