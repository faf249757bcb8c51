package lancaster.multicast;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which stream sends to which groups and ports, so that no two get into each other's way. Owner: whoever makes it. */
public final class AddressClaims {
    /**
     * One port of a group that a stream sends to.
     *
     * @param use for people: {@code "media"}, {@code "column FEC"}
     * @param by the interface; empty while none is named
     */
    public record Claim(InetAddress group, int port, String use, String by) {
        String text() {
            return IpLiteral.text(group, port);
        }
    }

    private final Map<String, List<Claim>> claims = new LinkedHashMap<>();

    public AddressClaims copy() {
        AddressClaims copy = new AddressClaims();
        copy.claims.putAll(claims);
        return copy;
    }

    /** Replaces what {@code owner} sends to. */
    public void put(String owner, List<Claim> its) {
        claims.put(owner, List.copyOf(its));
    }

    public void remove(String owner) {
        claims.remove(owner);
    }

    /** Makes what {@code before} says what {@code after} says; what other owners said since stays. */
    public void change(AddressClaims before, AddressClaims after) {
        before.claims.keySet().stream()
                .filter(owner -> !after.claims.containsKey(owner))
                .forEach(claims::remove);
        after.claims.forEach((owner, its) -> {
            if (!its.equals(before.claims.get(owner))) {
                claims.put(owner, its);
            }
        });
    }

    /** Whether anybody but {@code owner} sends to {@code group}. */
    public boolean isTaken(InetAddress group, String owner) {
        return claims.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner))
                .flatMap(entry -> entry.getValue().stream())
                .anyMatch(claim -> claim.group().equals(group));
    }

    /** What would be wrong if {@code owner} sent to these, besides what it sends to now. */
    public List<AddressFinding> conflicts(String owner, List<Claim> wanted) {
        List<AddressFinding> findings = new ArrayList<>();
        within(wanted, findings);
        claims.forEach((who, its) -> {
            if (!who.equals(owner)) {
                between(who, its, wanted, findings);
            }
        });
        return findings;
    }

    /** Copies for two networks may have one address: they leave by different interfaces. */
    private static void within(List<Claim> wanted, List<AddressFinding> findings) {
        for (int i = 0; i < wanted.size(); i++) {
            for (Claim other : wanted.subList(i + 1, wanted.size())) {
                Claim one = wanted.get(i);
                if (collide(one, other) && one.by().equals(other.by())) {
                    findings.add(AddressFinding.refusal(one.text() + " would be both its " + one.use() + " and its "
                            + other.use() + "; use another group, or another interface"));
                    return;
                }
            }
        }
    }

    private static void between(String who, List<Claim> its, List<Claim> wanted, List<AddressFinding> findings) {
        for (Claim mine : wanted) {
            for (Claim other : its) {
                if (collide(mine, other)) {
                    findings.add(AddressFinding.refusal(mine.text() + " (" + mine.use() + ") is what " + who
                            + " uses for its " + other.use() + "; use another group"));
                    return;
                }
            }
        }
        for (Claim mine : wanted) {
            for (Claim other : its) {
                if (mine.group().equals(other.group())) {
                    findings.add(AddressFinding.warning(IpLiteral.text(mine.group()) + " is the group of " + who
                            + " too: who joins for one port gets what is sent to all; use another group"));
                    return;
                }
                if (AddressBlock.ethernet(mine.group()).equals(AddressBlock.ethernet(other.group()))) {
                    findings.add(AddressFinding.warning(IpLiteral.text(mine.group()) + " and "
                            + IpLiteral.text(other.group()) + " of " + who + " have the same Ethernet address "
                            + AddressBlock.ethernet(mine.group())
                            + ": many switches deliver both where one is wanted; use another group"));
                    return;
                }
            }
        }
    }

    private static boolean collide(Claim a, Claim b) {
        return a.port() == b.port() && a.group().equals(b.group());
    }
}
