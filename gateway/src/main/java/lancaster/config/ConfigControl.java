package lancaster.config;

import java.util.concurrent.CompletableFuture;

/** The configuration of a running gateway. From any thread. */
public interface ConfigControl {
    /** What is in force, but for what waits for a restart. */
    LoadedConfig current();

    /**
     * Reads the file again and does what it says to those it concerns; all else goes on untouched. Fails with a {@link
     * ConfigException} where the file has errors: then nothing is done.
     */
    CompletableFuture<ReloadReport> reload();
}
