package lancaster.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lancaster.mpegts.analysis.MdiReport;
import lancaster.mpegts.analysis.PcrReport;
import lancaster.mpegts.analysis.PidReport;
import lancaster.mpegts.analysis.ProgramReport;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxerStats;

/** A report for people. */
public final class ProbeText {
    private static final double KILO = 1e3;
    private static final double NS_PER_MS = 1e6;

    private final List<String> lines = new ArrayList<>();

    private ProbeText() {}

    public static List<String> lines(ProbeReport report) {
        ProbeText text = new ProbeText();
        text.write(report);
        return List.copyOf(text.lines);
    }

    private void write(ProbeReport report) {
        say("%s: %s, looked at for %.1f s", report.url(), report.kind(), report.seconds());
        report.tracks().forEach(this::track);
        timing(report.timing());
        report.hls().ifPresent(this::hls);
        report.datagrams().ifPresent(this::datagrams);
        report.rtp().ifPresent(this::rtp);
        report.transport().ifPresent(this::transport);
        report.notes().forEach(note -> say("note         %s", note));
        report.faults().forEach(fault -> say("wrong        %s", fault));
        if (report.faults().isEmpty()) {
            say("nothing wrong was found");
        }
    }

    private void say(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private void track(TrackReport track) {
        String declared = track.codec().declaredFrameRate().isPresent()
                ? String.format(
                        Locale.ROOT,
                        " (%.3g declared)",
                        track.codec().declaredFrameRate().getAsDouble())
                : "";
        String rate = track.video()
                ? String.format(
                        Locale.ROOT,
                        "%.3f frames/s%s, %s",
                        track.framesPerSecond(),
                        declared,
                        track.constantRate() ? "constant" : "variable")
                : String.format(Locale.ROOT, "%.2f frames/s", track.framesPerSecond());
        say(
                "%-12s %s, %.0f kbit/s (peak %.0f), %s%s",
                track.video() ? "video" : "audio",
                track.codec().text(),
                track.bitsPerSecond() / KILO,
                track.peakBitsPerSecond() / KILO,
                rate,
                track.configurations() > 1 ? ", " + track.configurations() + " configurations" : "");
        track.gop()
                .ifPresent(gop -> say(
                        "%-12s %s frames, %s ms, %d seen%s",
                        "  GOP",
                        range(gop.minFrames(), gop.maxFrames()),
                        range(gop.minMs(), gop.maxMs()),
                        gop.count(),
                        track.reorderMs() > 0 ? "; B-frames, up to " + track.reorderMs() + " ms" : "; no B-frames"));
    }

    private static String range(long from, long to) {
        return from == to ? Long.toString(from) : from + " to " + to;
    }

    private void timing(TimingReport timing) {
        List<String> parts = new ArrayList<>();
        timing.avStartMs()
                .ifPresent(ms ->
                        parts.add("audio begins " + Math.abs(ms) + " ms " + (ms < 0 ? "before" : "after") + " video"));
        timing.avDriftMs().ifPresent(ms -> parts.add(String.format(Locale.ROOT, "A/V drift %.1f ms", ms)));
        if (timing.audioAheadMs().isPresent() && timing.audioBehindMs().isPresent()) {
            parts.add("audio comes " + -timing.audioBehindMs().getAsLong() + " to "
                    + timing.audioAheadMs().getAsLong() + " ms ahead of video");
        }
        if (!parts.isEmpty()) {
            say("%-12s %s", "A/V", String.join(", ", parts));
        }
        timing.arrival()
                .ifPresent(arrival -> say(
                        "%-12s first after %d ms, %d ms at once, then at %.3f of its speed, jitter %d ms, longest silence %d ms",
                        "arrival",
                        arrival.firstMs(),
                        arrival.burstMs(),
                        arrival.speed(),
                        arrival.jitterMs(),
                        arrival.silenceMs()));
    }

    private void hls(HlsReport hls) {
        for (HlsReport.Variant variant : hls.variants()) {
            say(
                    "%-12s %d bit/s %s %s \"%s\" %s",
                    "variant",
                    variant.bandwidth(),
                    variant.resolution(),
                    variant.frameRate().isEmpty() ? "" : variant.frameRate() + " frames/s",
                    variant.codecs(),
                    variant.uri());
        }
        say(
                "%-12s %s, %s%s, target %d s, %d segments listed (%.1f s), first number %d",
                "playlist",
                hls.format(),
                hls.live() ? "live" : "complete",
                hls.lowLatency() ? ", low latency" : "",
                hls.targetDurationS(),
                hls.listed(),
                hls.windowSeconds(),
                hls.mediaSequence());
        say(
                "%-12s %d looked at, %.3f to %.3f s, peak %.0f kbit/s",
                "segments",
                hls.loaded(),
                hls.shortestSegmentS(),
                hls.longestSegmentS(),
                hls.peakBitsPerSecond() / KILO);
    }

    private void datagrams(DatagramReport datagrams) {
        say(
                "%-12s %d of %s bytes, %.0f kbit/s, up to %d in a millisecond, longest gap %.1f ms (mean %.1f)",
                "datagrams",
                datagrams.datagrams(),
                range(datagrams.smallestBytes(), datagrams.largestBytes()),
                datagrams.bitsPerSecond() / KILO,
                datagrams.largestBurst(),
                datagrams.longestGapMs(),
                datagrams.meanGapMs());
    }

    private void rtp(RtpReport rtp) {
        for (RtpReport.Sender sender : rtp.senders()) {
            say(
                    "%-12s %s, SSRC %s, payload type %d, %d packets",
                    "sender", sender.address(), sender.ssrcText(), sender.payloadType(), sender.packets());
        }
        rtp.control()
                .ifPresent(control -> say(
                        "%-12s %d reports of the sender%s%s",
                        "RTCP",
                        control.reports(),
                        control.name().isEmpty() ? "" : ", which calls itself " + control.name(),
                        control.tool().isEmpty() ? "" : " (" + control.tool() + ")"));
        say(
                "%-12s %d received, %d lost (%.3f %%) in %d bursts of up to %d, %d twice, %d out of order, jitter %.2f ms",
                "RTP",
                rtp.received(),
                rtp.lost(),
                rtp.lossPercent(),
                rtp.lossBursts(),
                rtp.longestLossBurst(),
                rtp.duplicates(),
                rtp.reordered(),
                rtp.jitterMs());
        rtp.parity()
                .ifPresent(parity -> say(
                        "%-12s %d column and %d row packets, %d packets made anew, %d remain lost",
                        "FEC", parity.columns(), parity.rows(), parity.recovered(), parity.lostAfter()));
    }

    private void transport(TransportReport transport) {
        TsReport stream = transport.stream();
        say(
                "%-12s %d packets%s%s",
                "TS",
                stream.framing().packets(),
                transport.continuous()
                        ? String.format(
                                Locale.ROOT,
                                ", %d errors of priority 1, %d of priority 2 (TR 101 290)",
                                stream.errors().priority1(),
                                stream.errors().priority2())
                        : "",
                transport.arrived()
                        ? String.format(Locale.ROOT, ", %.0f kbit/s", stream.averageBitsPerSecond() / KILO)
                        : "");
        for (ProgramReport program : stream.programs()) {
            program.pcr().ifPresent(pcr -> clock(program, pcr, transport.arrived()));
        }
        for (PidReport pid : stream.pids()) {
            say(
                    "%-12s %5d (0x%04X) %-20s %6.2f %%, %.0f kbit/s%s",
                    "  PID",
                    pid.pid(),
                    pid.pid(),
                    pid.name(),
                    100.0 * pid.packets() / Math.max(1, stream.framing().packets()),
                    pid.averageBitsPerSecond() / KILO,
                    pid.lostPackets() > 0 ? ", " + pid.lostPackets() + " lost" : "");
        }
        for (TsDemuxerStats.Stream other : transport.streams()) {
            if (other.use() != TsDemuxerStats.Use.TRACK) {
                say("%-12s PID %d: %s is not looked into", "  also", other.pid(), other.name());
            }
        }
        if (transport.arrived()) {
            stream.mdi().ifPresent(this::delivery);
        }
    }

    private void clock(ProgramReport program, PcrReport pcr, boolean arrived) {
        say(
                "%-12s PID %d: %d, every %.1f ms, up to %.1f ms%s",
                "  PCR",
                program.pcrPid(),
                pcr.count(),
                pcr.meanIntervalNs() / NS_PER_MS,
                pcr.maxIntervalNs() / NS_PER_MS,
                arrived
                        ? String.format(
                                Locale.ROOT,
                                "; jitter %.2f ms (rms %.3f), drift %.1f ppm",
                                pcr.jitterPeakNs() / NS_PER_MS,
                                pcr.jitterRmsNs() / NS_PER_MS,
                                pcr.driftPpm())
                        : "");
    }

    private void delivery(MdiReport mdi) {
        say(
                "%-12s %s (delay factor in ms : lost TS packets a second), worst %.1f:%.0f, at %.0f kbit/s",
                "  MDI",
                mdi.text(),
                mdi.worstDelayFactorNs() / NS_PER_MS,
                mdi.worstMediaLossRate(),
                mdi.mediaBitsPerSecond() / KILO);
    }
}
