package lancaster.output;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.departure.DepartureSettings;
import lancaster.departure.DepartureStats;
import lancaster.departure.TsDepartures;
import lancaster.media.MediaEvent;
import lancaster.multicast.LatenessHistogram;
import lancaster.multicast.MulticastException;
import lancaster.multicast.Paced;
import lancaster.multicast.Pacer;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.rtp.ViewerStats;
import lancaster.runloop.RunLoop;
import lancaster.stream.CloseReason;
import lancaster.stream.MediaSink;
import org.jspecify.annotations.Nullable;

/**
 * A session from its opening to its end or failure: events of the stream in, datagrams out at their moments. Owner: the
 * multicast loop.
 */
final class MulticastRun implements MediaSink, Paced {
    /** What becomes of it; told once. */
    interface Listener {
        void onFailed(MulticastRun run, String reason);

        /** The stream is over and all of it has left. */
        void onFinished(MulticastRun run);
    }

    private final RunLoop loop;
    private final Pacer pacer;
    private final LatenessHistogram lateness;
    private final Listener listener;
    private final TsDepartures source;
    private @Nullable SessionWriter writer;
    private Optional<RtcpReports> rtcp = Optional.empty();
    private List<MulticastWay> ways = new ArrayList<>();
    /** Datagrams that did not leave by ways that are closed. */
    private long failedBefore;

    private boolean ending;
    private boolean over;

    MulticastRun(DepartureSettings settings, RunLoop loop, Pacer pacer, LatenessHistogram lateness, Listener listener) {
        this.loop = loop;
        this.pacer = pacer;
        this.lateness = lateness;
        this.listener = listener;
        this.source = new TsDepartures(settings);
    }

    /** Sends by these from now on. */
    void open(List<MulticastWay> open, SessionWriter session, Optional<RtcpReports> reports) {
        ways = new ArrayList<>(open);
        writer = session;
        rtcp = reports;
        pacer.add(this);
    }

    /**
     * Sends on as {@code next} says, by another copy or none: a session whose media stay the same.
     *
     * @throws MulticastException where that can't be; then nothing but {@link #close} is left
     */
    void adjust(MulticastOutputSettings next, MulticastOutlets outlets) throws MulticastException {
        List<MulticastWay> kept = new ArrayList<>();
        for (Leg leg : next.legs()) {
            Optional<MulticastWay> same = ways.stream()
                    .filter(way -> way.isAlong(leg) && !kept.contains(way))
                    .findFirst();
            if (same.isPresent()) {
                same.get().adjust(leg, next.loopback());
                kept.add(same.get());
            } else {
                MulticastWay opened = MulticastWay.open(leg, next, outlets);
                ways.add(opened);
                kept.add(opened);
            }
        }
        for (MulticastWay way : ways) {
            if (!kept.contains(way)) {
                failedBefore += way.stats().failed();
                way.close();
            }
        }
        ways = kept;
        writer().ifPresent(session -> session.ways(kept));
        rtcp.ifPresent(reports -> reports.ways(kept));
    }

    /** Whom viewers name as the source, on the first way. */
    InetAddress source() {
        return ways.get(0).source();
    }

    boolean isOpen() {
        return writer != null && !over;
    }

    @Override
    public void onEvent(MediaEvent event) {
        if (isOpen()) {
            source.onEvent(event, loop.nowNs());
        }
    }

    @Override
    public void onBatchEnd() {
        if (isOpen()) {
            pacer.replan(this);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (over) {
            return;
        }
        switch (reason.kind()) {
            case FAILED, BEHIND -> listener.onFailed(this, reason.description());
            case UNSUBSCRIBED -> close();
            default -> {
                ending = true;
                finishIfEmpty();
            }
        }
    }

    @Override
    public long departureNs() {
        return source.nextDepartureNs();
    }

    /** Whoever shares the pacer must not suffer from a failure here. */
    @Override
    public void depart(long plannedNs, long nowNs) {
        if (writer == null || over) {
            return;
        }
        try {
            if (writer.write(source, nowNs) > 0) {
                lateness.record(nowNs - plannedNs);
            }
        } catch (RuntimeException e) {
            listener.onFailed(this, "it can't be sent: " + e);
            return;
        }
        finishIfEmpty();
    }

    /** What waits is dropped. */
    void close() {
        if (!over) {
            over = true;
            pacer.remove(this);
            if (writer != null) {
                writer.flush();
            }
            rtcp.ifPresent(RtcpReports::close);
            ways.forEach(MulticastWay::close);
        }
    }

    Optional<SessionWriter> writer() {
        return Optional.ofNullable(writer);
    }

    List<MulticastOutputStats.Way> ways() {
        return ways.stream().map(MulticastWay::stats).toList();
    }

    /** Datagrams that did not leave. */
    long failed() {
        return failedBefore
                + ways().stream().mapToLong(MulticastOutputStats.Way::failed).sum();
    }

    /** What is wrong with interfaces, for people. */
    List<String> warnings() {
        return ways.stream()
                .flatMap(way -> way.warning(SessionWriter.MAX_DATAGRAM_BYTES).stream())
                .toList();
    }

    /** What receivers report; empty without RTCP. */
    Optional<ViewerStats> viewers() {
        return rtcp.map(RtcpReports::viewers);
    }

    DepartureStats departure() {
        return source.stats();
    }

    private void finishIfEmpty() {
        if (ending && source.nextDepartureNs() == NEVER) {
            close();
            listener.onFinished(this);
        }
    }
}
