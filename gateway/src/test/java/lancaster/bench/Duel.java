package lancaster.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** Measures both servers in turn, so that other work on the machine meets both. */
final class Duel {
    static final int REPETITIONS = Integer.getInteger("lancaster.bench.repetitions", 3);

    /** Measures one server once. */
    interface Measurement {
        double of(Server server) throws Exception;
    }

    private final Optional<Server> nginx;
    private final Server lancaster;

    Duel(Optional<Server> nginx, Server lancaster) {
        this.nginx = nginx;
        this.lancaster = lancaster;
    }

    Figure fight(String what, String format, String goal, DoublePredicate met, Measurement measurement)
            throws Exception {
        double[] theirs = new double[REPETITIONS];
        double[] ours = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            if (nginx.isPresent()) {
                theirs[i] = measurement.of(nginx.get());
            }
            ours[i] = measurement.of(lancaster);
        }
        List<Double> samples = new ArrayList<>();
        Arrays.stream(ours).forEach(samples::add);
        return new Figure(
                what,
                nginx.isPresent() ? Figure.spread(format, theirs) : "missing",
                Figure.spread(format, ours),
                goal,
                Optional.of(met.test(Figure.median(ours))),
                samples);
    }

    Figure alone(String what, String format, String goal, DoublePredicate met, Measurement measurement)
            throws Exception {
        return new Duel(Optional.empty(), lancaster)
                .fight(what, format, goal, met, measurement)
                .withoutNginx();
    }
}
