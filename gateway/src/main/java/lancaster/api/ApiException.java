package lancaster.api;

import java.util.List;
import java.util.stream.Collectors;

/** What is asked can't be answered; carries the answer instead. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ApiException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public static ApiException badRequest(String detail) {
        return new ApiException(Problem.of(400, detail));
    }

    public static ApiException notFound(String detail) {
        return new ApiException(Problem.of(404, detail));
    }

    public static ApiException conflict(String detail) {
        return new ApiException(Problem.of(409, detail));
    }

    /** What is asked is understood and can't be, for each of these reasons. */
    public static ApiException unprocessable(List<String> reasons) {
        return new ApiException(new Problem(
                422,
                String.join("; ", reasons),
                reasons.stream().map(Problem.Fault::of).collect(Collectors.toList())));
    }

    public Problem problem() {
        return problem;
    }
}
