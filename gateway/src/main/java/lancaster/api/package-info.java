/**
 * The REST API: routes are data, handlers are functions from request to answer. Who serves it asks who the caller is;
 * here it is decided whether his role suffices. Reads come from snapshots on the caller's thread, which must not wait;
 * what reads files runs on the control thread, what changes an output on its loop.
 *
 * <p>{@code openapi.json} (OpenAPI 3.1) describes all of it, a file a resource; tests compare the two in both directions,
 * hold answers against their schemas and send what can't be. So a new operation is a {@link lancaster.api.Route}, its
 * description beside the others, and a good call of it in {@code ApiCalls} of the tests.
 */
@NullMarked
package lancaster.api;

import org.jspecify.annotations.NullMarked;
