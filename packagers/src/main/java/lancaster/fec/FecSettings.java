package lancaster.fec;

/**
 * The matrix: {@code columns} (L) consecutive packets a row, {@code rows} (D) packets a column.
 *
 * @param rowPackets whether rows are protected too, not columns alone
 */
public record FecSettings(int columns, int rows, boolean rowPackets) {
    public static final int COLUMN_PORT_OFFSET = 2;
    public static final int ROW_PORT_OFFSET = 4;

    private static final int MIN_ROWS = 4;
    private static final int MIN_COLUMNS_OF_TWO_DIMENSIONS = 4;
    private static final int MAX = 20;
    private static final int MAX_PACKETS = 100;

    public FecSettings {
        String error = error(columns, rows, rowPackets);
        if (!error.isEmpty()) {
            throw new IllegalArgumentException(error);
        }
    }

    /** Why such a matrix isn't allowed, to be told to people; empty if it is. */
    public static String error(int columns, int rows, boolean rowPackets) {
        int minColumns = rowPackets ? MIN_COLUMNS_OF_TWO_DIMENSIONS : 1;
        if (columns < minColumns || columns > MAX) {
            return "columns must be " + minColumns + " to " + MAX + ", not " + columns;
        }
        if (rows < MIN_ROWS || rows > MAX) {
            return "rows must be " + MIN_ROWS + " to " + MAX + ", not " + rows;
        }
        return columns * rows > MAX_PACKETS
                ? "columns × rows must be at most " + MAX_PACKETS + ", not " + columns * rows
                : "";
    }

    /** Packets that may pass between a packet and the last parity packet that can repair it. */
    public int delayPackets() {
        return 2 * columns * rows;
    }
}
