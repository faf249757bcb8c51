package lancaster.receiver;

import java.util.List;
import java.util.OptionalInt;

/**
 * What this box knows of the way that datagrams should come.
 *
 * @param interfaceThere whether the interface exists
 * @param interfaceUp whether it is up and has a link
 * @param igmpVersion which version the kernel speaks there, because a querier of that version was heard; empty: unknown
 * @param reversePathInterface where the kernel would send to the source, if that is another interface and it drops
 *     datagrams that come in elsewhere; empty: no such obstacle
 * @param otherSenders who else sends to the group, as far as it was looked for
 */
record NetworkFacts(
        boolean interfaceThere,
        boolean interfaceUp,
        OptionalInt igmpVersion,
        String reversePathInterface,
        List<String> otherSenders) {
    static final NetworkFacts UNKNOWN = new NetworkFacts(true, true, OptionalInt.empty(), "", List.of());

    NetworkFacts {
        otherSenders = List.copyOf(otherSenders);
    }

    NetworkFacts withOtherSenders(List<String> senders) {
        return new NetworkFacts(interfaceThere, interfaceUp, igmpVersion, reversePathInterface, senders);
    }
}
