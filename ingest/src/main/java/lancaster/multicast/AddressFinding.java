package lancaster.multicast;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with the address of a session.
 *
 * @param refused whether it can't be used; otherwise it works, at a price
 * @param message names the address, the rule and what to use instead
 */
public record AddressFinding(boolean refused, String message) {
    static AddressFinding refusal(String message) {
        return new AddressFinding(true, message);
    }

    static AddressFinding warning(String message) {
        return new AddressFinding(false, message);
    }

    AddressFinding withAdvice(String advice) {
        return new AddressFinding(refused, message + "; " + advice);
    }

    public static List<AddressFinding> refusals(Collection<AddressFinding> findings) {
        return findings.stream().filter(AddressFinding::refused).toList();
    }

    /** All messages in one text. */
    public static String text(Collection<AddressFinding> findings) {
        return findings.stream().map(AddressFinding::message).collect(Collectors.joining("; "));
    }
}
