package lancaster.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often somebody may try to log in: by address, and by account from wherever. Who logged in from an address before
 * isn't kept out there by others who guess at his account from elsewhere. From any thread.
 */
final class LoginThrottle {
    private static final int MAX_KNOWN = 1_000;

    private final AttemptLimiter addresses;
    private final AttemptLimiter accounts;
    private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    LoginThrottle(AccessSettings settings, LongSupplier nowNs) {
        addresses = new AttemptLimiter(settings, nowNs);
        accounts = new AttemptLimiter(settings, nowNs);
    }

    /**
     * Takes note of an attempt before it is looked at, so that many at once don't slip through.
     *
     * @throws WaitException where it isn't looked at
     */
    synchronized void begin(String account, String address) {
        String bucket = bucket(account, address);
        long waitNs = Math.max(addresses.waitNs(address), accounts.waitNs(bucket));
        if (waitNs > 0) {
            throw new WaitException(waitNs / 1_000_000_000 + 1);
        }
        addresses.failed(address);
        accounts.failed(bucket);
    }

    /** The attempt was good after all. */
    synchronized void succeeded(String account, String address) {
        addresses.forget(address);
        accounts.forget(bucket(account, address));
        known.put(pair(account, address), true);
    }

    private String bucket(String account, String address) {
        return known.containsKey(pair(account, address)) ? pair(account, address) : account;
    }

    /** Holds no colon, which would make it an address to the limiter. */
    private static String pair(String account, String address) {
        return account + ' ' + AttemptLimiter.group(address).replace(':', '_');
    }
}
