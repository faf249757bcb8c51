package lancaster.output;

import java.util.List;

/**
 * What would come of settings.
 *
 * @param settings with the groups that the plan would give
 * @param warnings what is wrong with its addresses, though it would work
 * @param refusals why nothing would leave; none if it would, as soon as interfaces are named
 */
public record MulticastProposal(MulticastOutputSettings settings, List<String> warnings, List<String> refusals) {
    public MulticastProposal {
        warnings = List.copyOf(warnings);
        refusals = List.copyOf(refusals);
    }
}
