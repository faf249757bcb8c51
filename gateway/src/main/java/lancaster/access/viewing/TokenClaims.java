package lancaster.access.viewing;

import java.util.List;
import lancaster.stream.StreamPath;

/**
 * What a token says, once its signature is right.
 *
 * @param expires seconds since 1970
 * @param notBefore seconds since 1970; 0 if it says none
 * @param issuer empty if it says none
 * @param streams paths; {@code *} stands for one component
 */
record TokenClaims(long expires, long notBefore, String issuer, List<String> audience, List<String> streams) {
    /** Clocks differ. */
    private static final long LEEWAY_S = 30;

    TokenClaims {
        audience = List.copyOf(audience);
        streams = List.copyOf(streams);
    }

    /** Why it doesn't open {@code stream}; an empty text if it does. */
    String problem(ViewingSettings settings, StreamPath stream, long nowS) {
        if (nowS > expires + LEEWAY_S) {
            return "it has expired";
        }
        if (nowS < notBefore - LEEWAY_S) {
            return "it isn't good yet";
        }
        if (settings.issuer().filter(wanted -> !wanted.equals(issuer)).isPresent()) {
            return "it is of another issuer";
        }
        if (settings.audience().filter(wanted -> !audience.contains(wanted)).isPresent()) {
            return "it is for another audience";
        }
        return streams.stream().anyMatch(pattern -> names(pattern, stream)) ? "" : "it doesn't name this stream";
    }

    private static boolean names(String pattern, StreamPath stream) {
        String[] wanted = pattern.split("/", -1);
        String[] parts = stream.toString().split("/", -1);
        if (wanted.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(parts[i])) {
                return false;
            }
        }
        return true;
    }
}
