/**
 * Session descriptions (RFC 8866) with source filters (RFC 4570), groups (RFC 5888: DUP of RFC 7104, FEC-FR of RFC 5956),
 * and what of them a multicast transport stream needs. § without a document means RFC 8866. The reader takes what
 * others write, the writer writes what the RFC says.
 */
@NullMarked
package lancaster.sdp;

import org.jspecify.annotations.NullMarked;
