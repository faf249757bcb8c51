package lancaster.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import lancaster.mpegts.analysis.MdiReport;
import lancaster.mpegts.analysis.PcrReport;
import lancaster.mpegts.analysis.PidReport;
import lancaster.mpegts.analysis.ProgramReport;
import lancaster.mpegts.analysis.TsErrors;
import lancaster.mpegts.analysis.TsReport;

/** A report for programs; the package documents it. */
public final class ProbeJson {
    private static final JsonFactory JSON = new JsonFactory();
    /** Grows where a reader of the last one would misunderstand. */
    private static final int VERSION = 1;

    private static final double NS_PER_MS = 1e6;

    private final JsonGenerator json;

    private ProbeJson(JsonGenerator json) {
        this.json = json;
    }

    public static String text(ProbeReport report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            new ProbeJson(json).write(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private void write(ProbeReport report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("url", report.url());
        json.writeStringField("kind", report.kind());
        json.writeNumberField("seconds", report.seconds());
        json.writeArrayFieldStart("tracks");
        for (TrackReport track : report.tracks()) {
            track(track);
        }
        json.writeEndArray();
        timing(report.timing());
        if (report.hls().isPresent()) {
            hls(report.hls().get());
        }
        if (report.datagrams().isPresent()) {
            datagrams(report.datagrams().get());
        }
        if (report.rtp().isPresent()) {
            rtp(report.rtp().get());
        }
        if (report.transport().isPresent()) {
            transport(report.transport().get());
        }
        strings("notes", report.notes());
        strings("faults", report.faults());
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void track(TrackReport track) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", track.video() ? "video" : "audio");
        json.writeStringField("codec", track.codec().codec());
        known("profile", track.codec().profile());
        known("codecString", track.codec().codecString());
        if (track.codec().width() > 0) {
            json.writeNumberField("width", track.codec().width());
            json.writeNumberField("height", track.codec().height());
        }
        if (track.codec().sampleRate() > 0) {
            json.writeNumberField("sampleRate", track.codec().sampleRate());
            json.writeNumberField("channels", track.codec().channels());
        }
        json.writeNumberField("accessUnits", track.accessUnits());
        json.writeNumberField("bytes", track.bytes());
        json.writeNumberField("mediaMs", track.mediaMs());
        json.writeNumberField("bitsPerSecond", track.bitsPerSecond());
        json.writeNumberField("peakBitsPerSecond", track.peakBitsPerSecond());
        json.writeNumberField("framesPerSecond", track.framesPerSecond());
        if (track.codec().declaredFrameRate().isPresent()) {
            json.writeNumberField(
                    "declaredFramesPerSecond", track.codec().declaredFrameRate().getAsDouble());
        }
        json.writeBooleanField("constantRate", track.constantRate());
        if (track.gop().isPresent()) {
            GopReport gop = track.gop().get();
            json.writeObjectFieldStart("gop");
            json.writeNumberField("count", gop.count());
            json.writeNumberField("minFrames", gop.minFrames());
            json.writeNumberField("maxFrames", gop.maxFrames());
            json.writeNumberField("meanFrames", gop.meanFrames());
            json.writeNumberField("minMs", gop.minMs());
            json.writeNumberField("maxMs", gop.maxMs());
            json.writeEndObject();
        }
        json.writeNumberField("reorderMs", track.reorderMs());
        json.writeNumberField("configurations", track.configurations());
        json.writeNumberField("missing", track.missing());
        json.writeNumberField("backwards", track.backwards());
        json.writeNumberField("repeated", track.repeated());
        json.writeNumberField("gaps", track.gaps());
        json.writeNumberField("largestGapMs", track.largestGapMs());
        json.writeEndObject();
    }

    private void known(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private void timing(TimingReport timing) throws IOException {
        json.writeObjectFieldStart("timing");
        if (timing.avStartMs().isPresent()) {
            json.writeNumberField("avStartMs", timing.avStartMs().getAsLong());
        }
        if (timing.avDriftMs().isPresent()) {
            json.writeNumberField("avDriftMs", timing.avDriftMs().getAsDouble());
        }
        if (timing.audioAheadMs().isPresent() && timing.audioBehindMs().isPresent()) {
            json.writeNumberField("audioAheadMs", timing.audioAheadMs().getAsLong());
            json.writeNumberField("audioBehindMs", timing.audioBehindMs().getAsLong());
        }
        if (timing.arrival().isPresent()) {
            TimingReport.Arrival arrival = timing.arrival().get();
            json.writeObjectFieldStart("arrival");
            json.writeNumberField("firstMs", arrival.firstMs());
            json.writeNumberField("burstMs", arrival.burstMs());
            json.writeNumberField("speed", arrival.speed());
            json.writeNumberField("gainedMs", arrival.gainedMs());
            json.writeNumberField("jitterMs", arrival.jitterMs());
            json.writeNumberField("silenceMs", arrival.silenceMs());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void hls(HlsReport hls) throws IOException {
        json.writeObjectFieldStart("hls");
        json.writeArrayFieldStart("variants");
        for (HlsReport.Variant variant : hls.variants()) {
            json.writeStartObject();
            json.writeNumberField("bandwidth", variant.bandwidth());
            known("resolution", variant.resolution());
            known("frameRate", variant.frameRate());
            known("codecs", variant.codecs());
            json.writeStringField("uri", variant.uri());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("playlist", hls.chosen());
        json.writeStringField("format", hls.format());
        json.writeBooleanField("live", hls.live());
        json.writeBooleanField("lowLatency", hls.lowLatency());
        json.writeNumberField("targetDurationSeconds", hls.targetDurationS());
        json.writeNumberField("mediaSequence", hls.mediaSequence());
        json.writeNumberField("segmentsListed", hls.listed());
        json.writeNumberField("windowSeconds", hls.windowSeconds());
        json.writeNumberField("segmentsLoaded", hls.loaded());
        json.writeNumberField("shortestSegmentSeconds", hls.shortestSegmentS());
        json.writeNumberField("longestSegmentSeconds", hls.longestSegmentS());
        json.writeNumberField("peakBitsPerSecond", hls.peakBitsPerSecond());
        json.writeEndObject();
    }

    private void datagrams(DatagramReport datagrams) throws IOException {
        json.writeObjectFieldStart("datagrams");
        json.writeNumberField("count", datagrams.datagrams());
        json.writeNumberField("bytes", datagrams.bytes());
        json.writeNumberField("bitsPerSecond", datagrams.bitsPerSecond());
        json.writeNumberField("largestBurst", datagrams.largestBurst());
        json.writeNumberField("longestGapMs", datagrams.longestGapMs());
        json.writeNumberField("meanGapMs", datagrams.meanGapMs());
        json.writeNumberField("smallestBytes", datagrams.smallestBytes());
        json.writeNumberField("largestBytes", datagrams.largestBytes());
        json.writeEndObject();
    }

    private void rtp(RtpReport rtp) throws IOException {
        json.writeObjectFieldStart("rtp");
        json.writeArrayFieldStart("senders");
        for (RtpReport.Sender sender : rtp.senders()) {
            json.writeStartObject();
            json.writeStringField("address", sender.address());
            json.writeStringField("ssrc", sender.ssrcText());
            json.writeNumberField("payloadType", sender.payloadType());
            json.writeNumberField("packets", sender.packets());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("received", rtp.received());
        json.writeNumberField("lost", rtp.lost());
        json.writeNumberField("lossBursts", rtp.lossBursts());
        json.writeNumberField("longestLossBurst", rtp.longestLossBurst());
        json.writeNumberField("duplicates", rtp.duplicates());
        json.writeNumberField("reordered", rtp.reordered());
        json.writeNumberField("jitterMs", rtp.jitterMs());
        json.writeNumberField("restarts", rtp.restarts());
        if (rtp.parity().isPresent()) {
            RtpReport.Parity parity = rtp.parity().get();
            json.writeObjectFieldStart("fec");
            json.writeNumberField("columns", parity.columns());
            json.writeNumberField("rows", parity.rows());
            json.writeNumberField("recovered", parity.recovered());
            json.writeNumberField("lostAfter", parity.lostAfter());
            json.writeEndObject();
        }
        if (rtp.control().isPresent()) {
            RtpReport.Control control = rtp.control().get();
            json.writeObjectFieldStart("rtcp");
            json.writeNumberField("senderReports", control.reports());
            known("cname", control.name());
            known("tool", control.tool());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void transport(TransportReport transport) throws IOException {
        TsReport stream = transport.stream();
        json.writeObjectFieldStart("ts");
        json.writeNumberField("packets", stream.framing().packets());
        if (transport.arrived()) {
            json.writeNumberField("averageBitsPerSecond", stream.averageBitsPerSecond());
        }
        errors(stream.errors());
        json.writeArrayFieldStart("programs");
        for (ProgramReport program : stream.programs()) {
            program(program, transport.arrived());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pids");
        for (PidReport pid : stream.pids()) {
            json.writeStartObject();
            json.writeNumberField("pid", pid.pid());
            json.writeStringField("name", pid.name());
            json.writeNumberField("packets", pid.packets());
            json.writeNumberField("averageBitsPerSecond", pid.averageBitsPerSecond());
            json.writeNumberField("lostPackets", pid.lostPackets());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (transport.arrived() && stream.mdi().isPresent()) {
            MdiReport mdi = stream.mdi().get();
            json.writeObjectFieldStart("mdi");
            json.writeNumberField("delayFactorMs", mdi.delayFactorNs() / NS_PER_MS);
            json.writeNumberField("mediaLossRate", mdi.mediaLossRate());
            json.writeNumberField("worstDelayFactorMs", mdi.worstDelayFactorNs() / NS_PER_MS);
            json.writeNumberField("worstMediaLossRate", mdi.worstMediaLossRate());
            json.writeNumberField("mediaBitsPerSecond", mdi.mediaBitsPerSecond());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void errors(TsErrors errors) throws IOException {
        json.writeObjectFieldStart("errors");
        json.writeNumberField("syncLosses", errors.syncLosses());
        json.writeNumberField("syncBytes", errors.syncBytes());
        json.writeNumberField("pat", errors.pat());
        json.writeNumberField("continuity", errors.continuity());
        json.writeNumberField("pmt", errors.pmt());
        json.writeNumberField("pids", errors.pids());
        json.writeNumberField("transport", errors.transport());
        json.writeNumberField("crc", errors.crc());
        json.writeNumberField("pcrRepetition", errors.pcrRepetition());
        json.writeNumberField("pcrDiscontinuity", errors.pcrDiscontinuity());
        json.writeNumberField("pts", errors.pts());
        json.writeNumberField("cat", errors.cat());
        json.writeEndObject();
    }

    private void program(ProgramReport program, boolean arrived) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", program.number());
        json.writeNumberField("pcrPid", program.pcrPid());
        if (program.pcr().isPresent()) {
            PcrReport pcr = program.pcr().get();
            json.writeObjectFieldStart("pcr");
            json.writeNumberField("count", pcr.count());
            json.writeNumberField("meanIntervalMs", pcr.meanIntervalNs() / NS_PER_MS);
            json.writeNumberField("maxIntervalMs", pcr.maxIntervalNs() / NS_PER_MS);
            if (arrived) {
                json.writeNumberField("jitterMs", pcr.jitterPeakNs() / NS_PER_MS);
                json.writeNumberField("jitterRmsMs", pcr.jitterRmsNs() / NS_PER_MS);
                json.writeNumberField("driftPpm", pcr.driftPpm());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
