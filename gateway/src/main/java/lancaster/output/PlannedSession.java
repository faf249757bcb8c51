package lancaster.output;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.multicast.AddressClaims.Claim;
import lancaster.multicast.AddressFinding;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings.Leg;

/**
 * Settings with groups for all ways, and what is wrong with them.
 *
 * @param refusal why it can't be sent; empty if it can
 */
record PlannedSession(MulticastOutputSettings settings, List<Claim> claims, List<String> warnings, String refusal) {
    private static final String FULL =
            "the range of multicast addresses has none left: give this stream an address, or widen multicast.range";

    /** The groups of the stream {@code name}, where {@code wanted} says none from the plan of the house. */
    static PlannedSession of(MulticastOutputSettings wanted, String name, MulticastHouse house) {
        boolean complete = wanted.legs().stream().allMatch(leg -> leg.group().isPresent());
        Optional<InetAddress> group = complete
                ? wanted.leg().group().map(MulticastGroup::address)
                : house.plan().groupFor(name, address -> house.claims().isTaken(address, name));
        if (group.isEmpty()) {
            return new PlannedSession(wanted, List.of(), List.of(), FULL);
        }
        MulticastOutputSettings settings = wanted.withGroup(group.get());
        List<Claim> claims = MulticastClaims.of(settings);
        List<AddressFinding> findings = new ArrayList<>();
        for (Leg leg : wanted.legs()) {
            leg.group()
                    .flatMap(named -> house.plan().check(named.address(), name))
                    .ifPresent(findings::add);
        }
        findings.addAll(house.claims().conflicts(name, claims));
        return new PlannedSession(
                settings,
                claims,
                findings.stream().map(AddressFinding::message).distinct().toList(),
                AddressFinding.text(AddressFinding.refusals(findings)));
    }
}
