package lancaster.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one stream did: the last minutes by the second, the last hour and the last day ever coarser, in a fixed amount of
 * memory. Owner: {@link Histories}.
 */
final class History {
    /** What is kept of each moment, in the order of the columns. */
    enum Column {
        INPUT_BITS_PER_SECOND("inputBitsPerSecond"),
        FRAMES_PER_SECOND("framesPerSecond"),
        AV_DRIFT_MS("avDriftMs"),
        MULTICAST_BITS_PER_SECOND("multicastBitsPerSecond"),
        HTTP_BITS_PER_SECOND("httpBitsPerSecond"),
        HTTP_VIEWERS("httpViewers"),
        RTMP_BITS_PER_SECOND("rtmpBitsPerSecond"),
        RTMP_PLAYERS("rtmpPlayers"),
        MULTICAST_VIEWERS("multicastViewers");

        private final String word;

        Column(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A value that isn't known. */
    static final float NONE = Float.NaN;

    /** Samples of one period each: seconds and how many are kept. */
    private static final int[][] TIERS = {{1, 300}, {10, 360}, {60, 1_440}};

    private final List<Tier> tiers = new ArrayList<>();

    History() {
        for (int[] tier : TIERS) {
            tiers.add(new Tier(tier[0], tier[1]));
        }
    }

    static List<Integer> periods() {
        return Arrays.stream(TIERS).map(tier -> tier[0]).toList();
    }

    /** @param values what was measured */
    void add(long nowS, Map<Column, Float> values) {
        tiers.forEach(tier -> tier.add(nowS, values));
    }

    /** What is kept at this period; empty if there is none such. */
    Optional<Tier> tier(int periodS) {
        return tiers.stream().filter(tier -> tier.periodS == periodS).findFirst();
    }

    /** One column: a value a period. Takes memory as it fills, for most streams are young and lack some columns. */
    private static final class Series {
        private static final int FIRST_SIZE = 16;
        private static final float[] NOTHING = {};

        private final int size;
        /** What lies behind its end is {@link #NONE}. */
        private float[] kept = NOTHING;
        /** Of the period that isn't over. */
        private double sum;

        private int count;

        Series(int size) {
            this.size = size;
        }

        void add(float value) {
            sum += value;
            count++;
        }

        void forget() {
            sum = 0;
            count = 0;
        }

        /** The open period is over. */
        void close(int slot) {
            float value = count == 0 ? NONE : (float) (sum / count);
            forget();
            if (slot >= kept.length && !Float.isNaN(value)) {
                int length = kept.length;
                kept = Arrays.copyOf(kept, Math.min(size, Math.max(FIRST_SIZE, 2 * slot)));
                Arrays.fill(kept, length, kept.length, NONE);
            }
            if (slot < kept.length) {
                kept[slot] = value;
            }
        }

        float at(int slot) {
            return slot < kept.length ? kept[slot] : NONE;
        }
    }

    /** Samples of one period each. What nobody measured is {@link #NONE}. */
    static final class Tier {
        private final int periodS;
        private final int size;
        private final Map<Column, Series> columns = new EnumMap<>(Column.class);
        /** The number of the open period since 1970. */
        private long open = -1;
        /** The number of the period in the first slot, or a whole number of rounds before it. */
        private long origin;
        /** The number of the oldest period that is kept. */
        private long first;

        private Tier(int periodS, int size) {
            this.periodS = periodS;
            this.size = size;
            for (Column column : Column.values()) {
                columns.put(column, new Series(size));
            }
        }

        private void add(long nowS, Map<Column, Float> values) {
            long period = nowS / periodS;
            if (open < 0 || period < open || period - open > size) {
                // The first one, or the clock was set.
                first = period;
                open = period;
                origin = period;
                columns.values().forEach(Series::forget);
            }
            while (open < period) {
                close();
                open++;
            }
            columns.forEach((column, series) -> {
                float value = values.getOrDefault(column, NONE);
                if (!Float.isNaN(value)) {
                    series.add(value);
                }
            });
        }

        private void close() {
            int slot = slot(open);
            columns.values().forEach(series -> series.close(slot));
            first = Math.max(first, open - size + 1);
        }

        private int slot(long period) {
            return (int) ((period - origin) % size);
        }

        int periodS() {
            return periodS;
        }

        /** When the first complete period that ends behind {@code afterS} began, in seconds since 1970. */
        long fromS(long afterS) {
            long wanted = Math.floorDiv(afterS, periodS);
            return Math.min(Math.max(first, wanted), Math.max(open, 0)) * periodS;
        }

        /** The values of each column of complete periods, from {@link #fromS} on. */
        Map<Column, float[]> values(long fromS) {
            long from = fromS / periodS;
            Map<Column, float[]> values = new EnumMap<>(Column.class);
            columns.forEach((column, series) -> {
                float[] its = new float[(int) Math.max(0, open - from)];
                for (int i = 0; i < its.length; i++) {
                    its[i] = series.at(slot(from + i));
                }
                values.put(column, its);
            });
            return values;
        }
    }
}
