package lancaster.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.departure.DepartureSettings;
import lancaster.fec.FecEncoder;
import lancaster.multicast.LatenessHistogram;
import lancaster.multicast.MulticastException;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputSettings.Payload;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.SubscriptionSettings;

/**
 * Makes the runs of an output and opens their ways. What is of the output and not of a run is kept here, so that
 * receivers see one source whatever happens to it. Owner: the multicast loop.
 */
final class RunMaker {
    /** What may wait for the multicast loop: some seconds of a large stream. */
    private static final int LIMIT_BYTES = 16 << 20;

    private static final Duration LIMIT_TIME = Duration.ofSeconds(2);
    /**
     * Receivers buffer far more than what may lie in the socket of the encoder, and fetching it frame by frame costs more
     * than all that is done with it.
     */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private static final int SEQUENCES = 1 << 16;

    private final MulticastHouse house;
    private final Mp2tPacketizer packetizer;
    private final LatenessHistogram lateness = new LatenessHistogram();

    RunMaker(MulticastHouse house) {
        this.house = house;
        this.packetizer = new Mp2tPacketizer(
                house.random().nextInt(),
                house.random().nextInt(SEQUENCES),
                Integer.toUnsignedLong(house.random().nextInt()));
    }

    /** How a run wants the stream. What is spread over time is late enough by that. */
    static SubscriptionSettings subscription(MulticastOutputSettings wanted) {
        boolean isSpread = !wanted.smooth().isZero() || wanted.rateBits() != 0;
        return new SubscriptionSettings(
                "multicast",
                Start.NEXT_RANDOM_ACCESS,
                OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                LIMIT_BYTES,
                LIMIT_TIME,
                isSpread ? SubscriptionSettings.USUAL_PATIENCE : PATIENCE);
    }

    /** How punctual all runs were. */
    LatenessHistogram lateness() {
        return lateness;
    }

    /** One that isn't open yet. */
    MulticastRun make(MulticastOutputSettings wanted, MulticastRun.Listener listener) {
        DepartureSettings settings = new DepartureSettings(
                wanted.smooth(), wanted.rateBits(), wanted.fec().isPresent());
        return new MulticastRun(settings, house.loop(), house.pacer(), lateness, listener);
    }

    /**
     * Opens all ways of {@code run}.
     *
     * @param planned settings with groups and interfaces
     * @throws MulticastException where one can't be had; then none is open
     */
    void open(MulticastRun run, MulticastOutputSettings planned) throws MulticastException {
        List<MulticastWay> ways = new ArrayList<>();
        boolean opened = false;
        try {
            for (Leg leg : planned.legs()) {
                ways.add(MulticastWay.open(leg, planned, house.outlets()));
            }
            opened = true;
        } finally {
            if (!opened) {
                ways.forEach(MulticastWay::close);
            }
        }
        boolean isRtp = planned.payload() == Payload.RTP;
        SessionWriter writer = writer(planned, isRtp, ways);
        run.open(
                ways,
                writer,
                isRtp ? Optional.of(new RtcpReports(house, planned, ways, packetizer, writer)) : Optional.empty());
    }

    private SessionWriter writer(MulticastOutputSettings planned, boolean isRtp, List<MulticastWay> ways) {
        Optional<SessionWriter.Parity> parity = planned.fec()
                .map(settings -> sink -> new FecEncoder(
                        settings,
                        house.random().nextInt(SEQUENCES),
                        house.random().nextInt(SEQUENCES),
                        sink));
        return new SessionWriter(ways, isRtp ? Optional.of(packetizer) : Optional.empty(), parity);
    }
}
