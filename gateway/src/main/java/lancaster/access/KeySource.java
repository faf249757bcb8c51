package lancaster.access;

import java.nio.file.Path;

/** Where the key of a stream comes from. No form of it prints a key. */
public sealed interface KeySource {
    /** The stream's own key of the state directory if it has one, else the default key. */
    record Stored() implements KeySource {}

    /** No key: whoever reaches the port may publish. */
    record Open() implements KeySource {}

    /** A key file that the operator keeps. */
    record InFile(Path file) implements KeySource {}

    /** A variable of the environment. */
    record InEnvironment(String variable) implements KeySource {}

    /** Written in the configuration itself. */
    record Literal(String key) implements KeySource {
        @Override
        public String toString() {
            return "Literal[…]";
        }
    }
}
