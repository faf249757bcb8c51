package lancaster.bench;

import java.util.Optional;
import java.util.function.DoublePredicate;

/** Measures both servers in turn, so that other work on the machine meets both. */
record Duel(Optional<Server> nginx, Server lancaster) {
    static final int REPETITIONS = Integer.getInteger("lancaster.bench.repetitions", 3);

    /** Measures one server once. */
    interface Measurement {
        double of(Server server) throws Exception;
    }

    Figure fight(String what, String format, String goal, DoublePredicate met, Measurement measurement)
            throws Exception {
        double[] theirs = new double[nginx.isPresent() ? REPETITIONS : 0];
        double[] ours = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            if (nginx.isPresent()) {
                theirs[i] = measurement.of(nginx.get());
            }
            ours[i] = measurement.of(lancaster);
        }
        return Figure.of(what, format, goal, met, theirs, ours);
    }

    /** What only the gateway does. */
    Figure alone(String what, String format, String goal, DoublePredicate met, Measurement measurement)
            throws Exception {
        double[] ours = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            ours[i] = measurement.of(lancaster);
        }
        return Figure.alone(what, format, goal, met, ours);
    }
}
