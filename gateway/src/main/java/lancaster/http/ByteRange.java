package lancaster.http;

import java.util.Optional;

/** A part of a body: {@code length} bytes from {@code from} on. Of no length where it can't be satisfied. */
record ByteRange(long from, long length) {
    private static final String UNIT = "bytes=";
    /** Digits of a position; more can't be one. */
    private static final int MAX_DIGITS = 18;

    /** Stand for no number and for something that isn't one. */
    private static final long NONE = -1;

    private static final long BAD = -2;

    private static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

    long last() {
        return from + length - 1;
    }

    /**
     * What a Range header asks of a body of {@code size} bytes; empty where it doesn't count because it is malformed, in
     * another unit, or of several parts (RFC 9110 §14.2).
     */
    static Optional<ByteRange> parse(String header, long size) {
        int dash = header.indexOf('-');
        if (!header.startsWith(UNIT) || dash < 0) {
            return Optional.empty();
        }
        long first = number(header.substring(UNIT.length(), dash).strip());
        long last = number(header.substring(dash + 1).strip());
        if (first == BAD || last == BAD || (first == NONE && last == NONE)) {
            return Optional.empty();
        }
        if (first == NONE) {
            long length = Math.min(last, size);
            return Optional.of(new ByteRange(size - length, length));
        }
        if (last != NONE && last < first) {
            return Optional.empty();
        }
        if (first >= size) {
            return Optional.of(UNSATISFIABLE);
        }
        long end = last == NONE ? size : Math.min(size, last + 1);
        return Optional.of(new ByteRange(first, end - first));
    }

    private static long number(String digits) {
        if (digits.isEmpty()) {
            return NONE;
        }
        boolean plain = digits.length() <= MAX_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : BAD;
    }
}
