/**
 * The configuration: one YAML file read by walking its nodes, so that all errors come at once, each with line, path and
 * the nearest known key. Defaults live in the records. Immutable once read; no loop owns it.
 */
@NullMarked
package lancaster.config;

import org.jspecify.annotations.NullMarked;
