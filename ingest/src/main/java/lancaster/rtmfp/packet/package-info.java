/**
 * The packets of RTMFP (RFC 7016 §2): header, chunks and what chunks are made of, read from and written to plain packets.
 * Sans-I/O. Records may go anywhere; readers and writers belong to the loop of their endpoint.
 *
 * <p>Reading shares the packet's array with what was read, so that a packet costs one array. What breaks the syntax throws
 * {@link lancaster.rtmfp.packet.MalformedPacketException}, which costs nothing to throw and is counted by its reason.
 */
@NullMarked
package lancaster.rtmfp.packet;

import org.jspecify.annotations.NullMarked;
