/**
 * Forward error correction of SMPTE ST 2022-1 (Pro-MPEG Code of Practice 3): parity packets over the columns and rows of
 * a matrix of RTP packets. Column packets go to the media's port + 2, row packets to + 4.
 */
@NullMarked
package lancaster.fec;

import org.jspecify.annotations.NullMarked;
