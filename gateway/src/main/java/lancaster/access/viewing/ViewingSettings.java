package lancaster.access.viewing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.access.KeySource;

/**
 * Who may watch a stream.
 *
 * @param open everybody; the rest doesn't count then
 * @param addresses who comes from there
 * @param secret who shows an address that was signed with it, or a token (HS256)
 * @param publicKey who shows a token that was signed with the key that belongs to it
 * @param issuer whose tokens count alone
 * @param audience for whom tokens must be
 * @param all whether both are needed, address and token, where both are named
 */
public record ViewingSettings(
        boolean open,
        List<AddressRange> addresses,
        Optional<KeySource> secret,
        Optional<Path> publicKey,
        Optional<String> issuer,
        Optional<String> audience,
        boolean all) {
    public static final ViewingSettings OPEN = new ViewingSettings(
            true, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    public ViewingSettings {
        addresses = List.copyOf(addresses);
    }

    /** Whether there are tokens or signed addresses that open it. */
    boolean hasKeys() {
        return secret.isPresent() || publicKey.isPresent();
    }
}
