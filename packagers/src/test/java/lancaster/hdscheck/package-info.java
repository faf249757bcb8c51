/**
 * A reader of HTTP Dynamic Streaming that takes nothing on trust: boxes, tables and tags are held against the tables of
 * the specifications, field by field. It shares no code with what writes them.
 */
@NullMarked
package lancaster.hdscheck;

import org.jspecify.annotations.NullMarked;
