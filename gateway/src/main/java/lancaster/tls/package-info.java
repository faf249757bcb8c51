/**
 * The certificate and key that HTTPS and RTMPS show: read from PEM files, checked against each other, and exchanged
 * while connections go on.
 */
@NullMarked
package lancaster.tls;

import org.jspecify.annotations.NullMarked;
