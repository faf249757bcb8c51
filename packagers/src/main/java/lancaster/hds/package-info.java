/**
 * HTTP Dynamic Streaming (Adobe HDS 3.0 and F4M 3.0, each with its errata of May 2014): fragments, bootstraps and
 * manifests of what {@code segment} cut, so that fragments have the numbers and the borders of the HLS segments. Packager
 * and rendering are owned by the stream's packaging loop; any thread reads the snapshots of a
 * {@link lancaster.hds.HdsFeed}. Sections named "F4V" are of the Flash Video File Format 10.1.
 *
 * <p>All fragments are in segment 1 without end: what Adobe's server calls a segment is a file of many fragments, and
 * here each fragment is a file.
 */
@NullMarked
package lancaster.hds;

import org.jspecify.annotations.NullMarked;
