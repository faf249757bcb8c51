/**
 * The only byte values that cross packages, and the cursors that read and write them. No owner: {@link Bytes} is
 * immutable and may be shared by all loops; readers and writers belong to the method that made them.
 */
@NullMarked
package lancaster.bytes;

import org.jspecify.annotations.NullMarked;
