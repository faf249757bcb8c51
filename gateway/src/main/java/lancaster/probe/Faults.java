package lancaster.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lancaster.mpegts.analysis.PcrReport;
import lancaster.mpegts.analysis.ProgramReport;
import lancaster.mpegts.analysis.TsErrors;
import lancaster.mpegts.analysis.TsReport;

/** What is wrong with a stream, in words, with the limit that it breaks. */
final class Faults {
    /** From here on people notice that sound and picture are apart (ITU-R BT.1359: 45 ms early, 125 ms late). */
    private static final double DRIFT_MS = 45;

    private static final double FULL_SPEED = 1;
    private static final double SPEED_TOLERANCE = 0.05;
    private static final long GAIN_MS = 1_000;
    private static final long JITTER_MS = 500;
    private static final double NS_PER_MS = 1e6;

    private final List<String> all = new ArrayList<>();

    List<String> all() {
        return all;
    }

    void say(String fault) {
        all.add(fault);
    }

    void count(long count, String what) {
        if (count > 0) {
            all.add(count + " " + what);
        }
    }

    void counted(Map<String, Long> counted) {
        counted.forEach((what, count) -> count(count, what));
    }

    void rtp(RtpReport rtp) {
        if (rtp.lost() > 0) {
            all.add(String.format(
                    Locale.ROOT,
                    "%d of %d RTP packets lost (%.3f %%), in %d bursts of up to %d%s",
                    rtp.lost(),
                    rtp.lost() + rtp.received(),
                    rtp.lossPercent(),
                    rtp.lossBursts(),
                    rtp.longestLossBurst(),
                    rtp.parity()
                            .map(parity -> "; " + parity.lostAfter() + " remain with error correction")
                            .orElse("")));
        }
        count(rtp.restarts(), "changes of the RTP source");
        long sources = rtp.senders().stream()
                .map(sender -> sender.address() + " " + sender.ssrcText())
                .distinct()
                .count();
        if (sources > 1) {
            all.add(sources + " RTP sources send to the same group and port");
        }
    }

    /** Of segments, which are entered at their beginning alone: how often tables and clock come doesn't matter. */
    void segments(TsReport stream) {
        TsErrors errors = stream.errors();
        count(errors.syncLosses(), "losses of synchronisation (TR 101 290 1.1)");
        count(errors.syncBytes(), "wrong sync bytes (1.2)");
        count(errors.continuity(), "errors of continuity counters, which are lost or repeated TS packets (1.4)");
        count(errors.transport(), "packets marked as damaged (2.1)");
        count(errors.crc(), "tables with a wrong checksum (2.2)");
        count(errors.cat(), "scrambled packets without a CAT (2.6)");
    }

    /** The limits are those of TR 101 290. */
    void transport(TsReport stream) {
        segments(stream);
        TsErrors errors = stream.errors();
        count(errors.pat(), "times no PAT for more than 0.5 s (1.3)");
        count(errors.pmt(), "times no PMT for more than 0.5 s (1.5)");
        count(errors.pids(), "times a stream of the program sent nothing for 5 s (1.6)");
        count(errors.pcrRepetition(), "times more than 100 ms between two PCR (2.3a)");
        count(errors.pcrDiscontinuity(), "unannounced steps of the PCR (2.3b)");
        count(errors.pts(), "times more than 700 ms between two PTS (2.5)");
        if (stream.framing().packets() > 0) {
            for (ProgramReport program : stream.programs()) {
                clock(program);
            }
        }
    }

    private void clock(ProgramReport program) {
        if (!program.streams().isEmpty() && program.pcr().map(PcrReport::count).orElse(0L) == 0) {
            all.add("program " + program.number() + " has no clock (PCR), so that players can't keep time");
        }
    }

    void tracks(List<TrackReport> tracks, TimingReport timing) {
        for (TrackReport track : tracks) {
            String name = track.codec().codec();
            count(track.missing(), "frames of " + name + " missing");
            count(track.backwards(), "times of " + name + " that went back");
            count(track.repeated(), "times of " + name + " that didn't advance");
            if (track.gaps() > 0) {
                all.add(track.gaps() + " gaps in the times of " + name + ", the longest " + track.largestGapMs()
                        + " ms");
            }
            if (track.video() && track.accessUnits() > 0 && track.gop().isEmpty()) {
                say("less than one whole group of pictures was seen of " + name
                        + ": key frames are far apart, or it was looked at too briefly");
            }
        }
        timing.avDriftMs().ifPresent(drift -> {
            if (Math.abs(drift) > DRIFT_MS) {
                say(String.format(
                        Locale.ROOT,
                        "the audio samples and their timestamps are %.0f ms apart: the encoder's clocks differ, or audio is"
                                + " lost",
                        drift));
            }
        });
        timing.arrival().ifPresent(this::arrival);
    }

    private void arrival(TimingReport.Arrival arrival) {
        // An encoder that makes up for a slow start is no fault; a second is what players hold.
        if (Math.abs(arrival.speed() - FULL_SPEED) > SPEED_TOLERANCE && Math.abs(arrival.gainedMs()) > GAIN_MS) {
            say(String.format(
                    Locale.ROOT,
                    "it comes at %.2f times its own speed, so that buffers run empty or over",
                    arrival.speed()));
        }
        if (arrival.jitterMs() > JITTER_MS) {
            say("access units come up to " + arrival.jitterMs() + " ms earlier or later than due");
        }
    }

    static double ms(long ns) {
        return ns / NS_PER_MS;
    }
}
