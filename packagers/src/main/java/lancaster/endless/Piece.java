package lancaster.endless;

import lancaster.bytes.Bytes;

/**
 * Some bytes of an endless file.
 *
 * @param start whether a reader may begin here, behind {@code prologue}
 * @param prologue what a reader needs who begins here; nobody else does
 * @param dts90k time of its first access unit
 */
public record Piece(Bytes bytes, boolean start, Bytes prologue, long dts90k) {}
