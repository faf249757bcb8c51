package lancaster.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known key that a mistyped one was probably meant to be. */
final class NearestKey {
    /** Longer "keys" are no typing errors. */
    private static final int MAX_KEY_CHARS = 64;

    private NearestKey() {}

    /** The nearest of {@code known}, if at most a third of its letters differ. */
    static Optional<String> of(String typed, Collection<String> known) {
        if (typed.length() > MAX_KEY_CHARS) {
            return Optional.empty();
        }
        return known.stream()
                .filter(key -> distance(typed, key) <= Math.max(1, key.length() / 3))
                .min(Comparator.<String>comparingInt(key -> distance(typed, key))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, delete, replace or swap with their neighbour; case and separators don't count. */
    static int distance(String left, String right) {
        String a = plain(left);
        String b = plain(right);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private static String plain(String key) {
        return key.toLowerCase(java.util.Locale.ROOT).replace("-", "").replace("_", "");
    }
}
