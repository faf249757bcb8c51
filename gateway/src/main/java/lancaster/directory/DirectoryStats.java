package lancaster.directory;

/**
 * How the directory is used.
 *
 * @param names that it holds
 * @param lookups by name since the start
 * @param misses of them
 */
public record DirectoryStats(int names, long lookups, long misses) {}
