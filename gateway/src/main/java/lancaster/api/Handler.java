package lancaster.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Does what a route is for. Called on a thread that serves others too: it must not wait. */
@FunctionalInterface
public interface Handler {
    /** Fails or throws {@link ApiException} where the answer is a problem. */
    CompletionStage<ApiResponse> handle(ApiRequest request);

    /** An answer that is there. */
    @FunctionalInterface
    interface Answer {
        ApiResponse to(ApiRequest request);
    }

    /** Answers at once, from snapshots. */
    static Handler now(Answer answer) {
        return request -> CompletableFuture.completedFuture(answer.to(request));
    }

    /** Answers on {@code executor}, for what reads files or takes its time. */
    static Handler on(Executor executor, Answer answer) {
        return request -> CompletableFuture.supplyAsync(() -> answer.to(request), executor);
    }
}
