package lancaster.api;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import lancaster.access.BusyException;
import lancaster.access.RefusedException;
import lancaster.access.WaitException;
import lancaster.access.WrongException;

/** What can be wrong with logins and accounts, as the API says it. */
final class AccessProblems {
    private AccessProblems() {}

    /** To be thrown in the place of {@code failure}. */
    static RuntimeException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof WrongException) {
            return new ApiException(Problem.of(401, "Name or password are wrong, or the one-time secret is."));
        }
        if (cause instanceof WaitException || cause instanceof BusyException) {
            return new ApiException(Problem.of(429, message));
        }
        if (cause instanceof RefusedException) {
            return ApiException.unprocessable(List.of(message));
        }
        if (cause instanceof IOException) {
            return ApiException.conflict("The file of accounts can't be used: " + message);
        }
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }
}
