/**
 * RTP and RTCP, both directions, without sockets: packets, their order, and what is reported of them. § without a
 * document means RFC 3550. Time, randomness and datagrams are handed in; each object belongs to the loop that hands them.
 */
@NullMarked
package lancaster.rtp;

import org.jspecify.annotations.NullMarked;
