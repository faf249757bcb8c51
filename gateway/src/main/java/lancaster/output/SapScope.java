package lancaster.output;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where sessions are announced (RFC 2974 §3): a group of the same scope as theirs. */
final class SapScope {
    private static final byte[] GLOBAL = {(byte) 224, 2, 127, (byte) 254};
    private static final byte[] LOCAL = {(byte) 239, (byte) 255, (byte) 255, (byte) 255};
    private static final byte[] ORGANIZATION = {(byte) 239, (byte) 195, (byte) 255, (byte) 255};
    private static final int ADMINISTRATIVE = 239;
    private static final int ORGANIZATION_FIRST = 192;
    private static final int ORGANIZATION_LAST = 195;
    private static final int IPV6_BYTES = 16;

    private SapScope() {}

    static InetAddress group(InetAddress session) {
        byte[] address = session.getAddress();
        if (address.length == IPV6_BYTES) {
            // ff0X::2:7ffe with the session's scope.
            byte[] group = new byte[IPV6_BYTES];
            group[0] = (byte) 0xFF;
            group[1] = (byte) (address[1] & 0x0F);
            group[13] = 2;
            group[14] = 0x7F;
            group[15] = (byte) 0xFE;
            return of(group);
        }
        if ((address[0] & 0xFF) != ADMINISTRATIVE) {
            return of(GLOBAL);
        }
        int second = address[1] & 0xFF;
        // What RFC 2365 §6 leaves for growth is local to who uses it.
        return of(second >= ORGANIZATION_FIRST && second <= ORGANIZATION_LAST ? ORGANIZATION : LOCAL);
    }

    private static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
