/**
 * HTTP, by Undertow: HLS, the pages, health and the API. Runs on Undertow's I/O threads, sees only immutable snapshots
 * and never touches what a run loop owns.
 */
@NullMarked
package lancaster.http;

import org.jspecify.annotations.NullMarked;
