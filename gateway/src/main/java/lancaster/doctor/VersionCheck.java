package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.igmp.GroupProtocol;
import lancaster.igmp.HeardQuerier;

/** Which versions of IGMP and MLD are in force: only IGMPv3 and MLDv2 can ask for a source. */
final class VersionCheck implements Check {
    private static final String IGMP = "igmp-version";
    private static final String MLD = "mld-version";

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        for (Link link : situation.checkedLinks()) {
            if (link.loopback() || !link.up()) {
                continue;
            }
            if (link.hasIpv4()) {
                findings.add(igmp(situation, link));
            }
            if (link.hasIpv6()) {
                findings.add(mld(situation, link));
            }
        }
        return findings;
    }

    private static Finding igmp(Situation situation, Link link) {
        Optional<IgmpTable.Row> row = situation.igmp().row(link.name());
        if (row.isEmpty()) {
            return Finding.unknown(IGMP, link.name(), "/proc/net/igmp doesn't list this interface", "");
        }
        int version = row.get().version();
        if (version == 0) {
            return Finding.problem(
                    IGMP,
                    link.name(),
                    "this kernel was built without multicast",
                    "use another kernel (CONFIG_IP_MULTICAST)");
        }
        Optional<Situation.ForcedVersion> forced = situation.forced(GroupProtocol.IGMP, link.name());
        if (version == GroupProtocol.IGMP.sourceSpecificVersion()) {
            return Finding.ok(
                    IGMP,
                    link.name(),
                    "IGMPv3 is in force"
                            + forced.map(by -> ", by " + by.setting()).orElse(""));
        }
        String cause = forced.map(by -> by.setting() + " = " + by.version())
                .orElse("a querier of version " + version + " was heard" + querier(situation, link, GroupProtocol.IGMP)
                        + " in the last minutes");
        String fix = forced.map(by -> "sysctl -w " + by.setting() + "=0")
                .orElse("set the querier (router or switch) to IGMPv3");
        return tooOld(situation, IGMP, link, "IGMPv" + version + " is in force, as " + cause, fix);
    }

    /** What the group in question needs decides how bad an old version is. */
    private static Finding tooOld(Situation situation, String check, Link link, String what, String fix) {
        boolean needed = situation
                .group()
                .filter(reception -> GroupProtocol.of(reception.group().address())
                        == (check.equals(IGMP) ? GroupProtocol.IGMP : GroupProtocol.MLD))
                .map(reception -> reception.group().source().isPresent()
                        || reception.group().isSourceSpecific())
                .orElse(false);
        String message = what + ": joins can't name their source, and source-specific groups ("
                + (check.equals(IGMP) ? "232.0.0.0/8" : "ff3x::/32") + ") don't work";
        return needed
                ? Finding.problem(check, link.name(), message, fix)
                : Finding.warning(check, link.name(), message, fix);
    }

    private static String querier(Situation situation, Link link, GroupProtocol protocol) {
        return situation
                .heard(link.name())
                .flatMap(heard -> heard.queriers(protocol).stream()
                        .filter(one -> one.version() < protocol.sourceSpecificVersion())
                        .findFirst())
                .map(HeardQuerier::address)
                .map(address -> ", " + address.getHostAddress() + ",")
                .orElse("");
    }

    private static Finding mld(Situation situation, Link link) {
        Optional<Situation.ForcedVersion> forced = situation
                .forced(GroupProtocol.MLD, link.name())
                .filter(by -> by.version() < GroupProtocol.MLD.sourceSpecificVersion());
        long oldReports = situation.risen(link.name(), Counters.MLD1_REPORTS_OUT);
        long newReports = situation.risen(link.name(), Counters.MLD2_REPORTS_OUT);
        if (forced.isPresent()) {
            String setting = forced.get().setting();
            return tooOld(
                    situation, MLD, link, "MLDv1 is in force, as " + setting + " = 1", "sysctl -w " + setting + "=0");
        }
        if (oldReports > 0) {
            return tooOld(
                    situation,
                    MLD,
                    link,
                    "MLDv1 is in force, as a querier of version 1 was heard"
                            + querier(situation, link, GroupProtocol.MLD)
                            + " of late (the kernel reported in MLDv1 while we listened)",
                    "set the querier (router or switch) to MLDv2");
        }
        return newReports > 0
                ? Finding.ok(MLD, link.name(), "MLDv2 is in force: the kernel reported so while we listened")
                : Finding.unknown(
                        MLD,
                        link.name(),
                        "no version is forced; the kernel reported nothing while we listened, and has no table of it",
                        "");
    }
}
