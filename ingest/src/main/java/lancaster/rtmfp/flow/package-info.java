/**
 * Flows (RFC 7016 §3.6): one-way channels of whole messages in a session. {@link lancaster.rtmfp.flow.SendFlow} and
 * {@link lancaster.rtmfp.flow.RecvFlow} are their faces. All of a flow belongs to the loop of its endpoint.
 */
@NullMarked
package lancaster.rtmfp.flow;

import org.jspecify.annotations.NullMarked;
