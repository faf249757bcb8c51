package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lancaster.fec.FecStats;
import lancaster.mpegts.analysis.MdiReport;
import lancaster.mpegts.analysis.PcrReport;
import lancaster.mpegts.analysis.PidReport;
import lancaster.mpegts.analysis.ProgramReport;
import lancaster.mpegts.analysis.TsErrors;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxerStats;
import lancaster.mpegts.demux.TsFault;
import lancaster.multicast.net.ReceiverStats;
import lancaster.receiver.ReceptionStats;
import lancaster.receiver.Silence;
import lancaster.rtp.PathStats;
import lancaster.rtp.ReorderStats;

/** What is known of streams that are received, as JSON. */
final class ReceiversJson {
    private static final double NS_PER_MS = 1e6;

    private ReceiversJson() {}

    /** The members of a stream that is received. */
    static void write(JsonGenerator json, ReceptionStats stats) throws IOException {
        json.writeStringField("stream", stats.path().toString());
        json.writeStringField("source", stats.source());
        json.writeStringField("since", stats.since().toString());
        json.writeBooleanField("live", stats.live());
        json.writeNumberField("publications", stats.publications());
        text(json, "failure", stats.failure());
        text(json, "unusable", stats.unusable());
        text(json, "refusal", stats.refusal());
        json.writeStringField("form", stats.form().toLowerCase(Locale.ROOT));
        json.writeNumberField("foreignDatagrams", stats.foreign());
        json.writeNumberField("unknownDatagrams", stats.unknown());
        json.writeArrayFieldStart("ways");
        for (ReceptionStats.Way way : stats.ways()) {
            json.writeStartObject();
            way(json, way);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (stats.rtp().isPresent()) {
            json.writeObjectFieldStart("rtp");
            order(json, stats.rtp().get().order());
            parity(json, stats.rtp().get().parity());
            json.writeEndObject();
        }
        if (stats.program().isPresent()) {
            json.writeObjectFieldStart("program");
            program(json, stats.program().get());
            json.writeEndObject();
        }
        if (stats.transport().isPresent()) {
            json.writeObjectFieldStart("transport");
            transport(json, stats.transport().get());
            json.writeEndObject();
        }
    }

    private static void way(JsonGenerator json, ReceptionStats.Way way) throws IOException {
        json.writeStringField("address", way.address());
        json.writeNumberField("datagrams", way.datagrams());
        text(json, "from", way.from());
        json.writeNumberField("forgottenJoins", way.forgotten());
        if (way.silence().isPresent()) {
            Silence silence = way.silence().get();
            json.writeObjectFieldStart("silence");
            json.writeStringField(
                    "cause", silence.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeStringField("since", silence.since().toString());
            json.writeNumberField("seconds", silence.duration().toSeconds());
            json.writeStringField("text", silence.text());
            json.writeEndObject();
        }
        if (way.socket().isPresent()) {
            ReceiverStats socket = way.socket().get();
            json.writeNumberField("receiveBufferBytes", socket.receiveBufferBytes());
            json.writeNumberField("kernelDrops", socket.kernelDrops());
            json.writeNumberField("truncated", socket.truncated());
        }
    }

    private static void order(JsonGenerator json, ReorderStats order) throws IOException {
        json.writeNumberField("delivered", order.delivered());
        json.writeNumberField("lost", order.lost());
        json.writeNumberField("recovered", order.recovered());
        json.writeNumberField("late", order.late());
        json.writeNumberField("overflowed", order.overflowed());
        json.writeNumberField("restarts", order.restarts());
        json.writeNumberField("jumps", order.jumps());
        json.writeNumberField("foreignSources", order.foreignSources());
        json.writeNumberField("foreignPayloads", order.foreignPayloads());
        json.writeNumberField("mismatched", order.mismatched());
        json.writeArrayFieldStart("ways");
        for (PathStats path : order.paths()) {
            json.writeStartObject();
            json.writeNumberField("received", path.received());
            json.writeNumberField("lost", path.lost());
            json.writeNumberField("duplicates", path.duplicates());
            json.writeNumberField("reordered", path.reordered());
            json.writeNumberField("onlyHere", path.onlyHere());
            json.writeNumberField("jitterMs", path.jitterNs() / NS_PER_MS);
            json.writeNumberField("skewMs", path.skewNs() / NS_PER_MS);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void parity(JsonGenerator json, FecStats parity) throws IOException {
        json.writeObjectFieldStart("parity");
        json.writeNumberField("columns", parity.columns());
        json.writeNumberField("rows", parity.rows());
        json.writeNumberField("recovered", parity.recovered());
        json.writeNumberField("implausible", parity.implausible());
        json.writeNumberField("malformed", parity.malformed());
        json.writeNumberField("unused", parity.unused());
        json.writeEndObject();
    }

    private static void program(JsonGenerator json, TsDemuxerStats program) throws IOException {
        if (program.program().isPresent()) {
            json.writeNumberField("number", program.program().getAsInt());
        }
        json.writeNumberField("programs", program.programs());
        json.writeNumberField("accessUnits", program.accessUnits());
        json.writeNumberField("lostPackets", program.lostPackets());
        json.writeArrayFieldStart("streams");
        for (TsDemuxerStats.Stream stream : program.streams()) {
            json.writeStartObject();
            json.writeNumberField("pid", stream.pid());
            json.writeStringField("name", stream.name());
            json.writeStringField(
                    "use", stream.use().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeNumberField("packets", stream.packets());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("faults");
        for (Map.Entry<TsFault, Long> fault : new TreeMap<>(program.faults().counts()).entrySet()) {
            json.writeNumberField(fault.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'), fault.getValue());
        }
        json.writeEndObject();
    }

    private static void transport(JsonGenerator json, TsReport report) throws IOException {
        json.writeNumberField("packets", report.framing().packets());
        json.writeNumberField("bitsPerSecond", report.bitsPerSecond());
        json.writeNumberField("averageBitsPerSecond", report.averageBitsPerSecond());
        errors(json, report.errors());
        if (report.mdi().isPresent()) {
            MdiReport mdi = report.mdi().get();
            json.writeObjectFieldStart("mdi");
            json.writeNumberField("delayFactorMs", mdi.delayFactorNs() / NS_PER_MS);
            json.writeNumberField("mediaLossRate", mdi.mediaLossRate());
            json.writeNumberField("worstDelayFactorMs", mdi.worstDelayFactorNs() / NS_PER_MS);
            json.writeNumberField("worstMediaLossRate", mdi.worstMediaLossRate());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("programs");
        for (ProgramReport program : report.programs()) {
            json.writeStartObject();
            json.writeNumberField("number", program.number());
            json.writeNumberField("pcrPid", program.pcrPid());
            if (program.pcr().isPresent()) {
                clock(json, program.pcr().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pids");
        for (PidReport pid : report.pids()) {
            json.writeStartObject();
            json.writeNumberField("pid", pid.pid());
            json.writeStringField("name", pid.name());
            json.writeNumberField("packets", pid.packets());
            json.writeNumberField("bitsPerSecond", pid.bitsPerSecond());
            json.writeNumberField("continuityErrors", pid.continuityErrors());
            json.writeNumberField("scrambled", pid.scrambledPackets());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** By the numbers of TR 101 290. */
    private static void errors(JsonGenerator json, TsErrors errors) throws IOException {
        json.writeObjectFieldStart("errors");
        json.writeNumberField("1.1", errors.syncLosses());
        json.writeNumberField("1.2", errors.syncBytes());
        json.writeNumberField("1.3", errors.pat());
        json.writeNumberField("1.4", errors.continuity());
        json.writeNumberField("1.5", errors.pmt());
        json.writeNumberField("1.6", errors.pids());
        json.writeNumberField("2.1", errors.transport());
        json.writeNumberField("2.2", errors.crc());
        json.writeNumberField("2.3a", errors.pcrRepetition());
        json.writeNumberField("2.3b", errors.pcrDiscontinuity());
        json.writeNumberField("2.5", errors.pts());
        json.writeNumberField("2.6", errors.cat());
        json.writeEndObject();
    }

    private static void clock(JsonGenerator json, PcrReport pcr) throws IOException {
        json.writeObjectFieldStart("pcr");
        json.writeNumberField("meanIntervalMs", pcr.meanIntervalNs() / NS_PER_MS);
        json.writeNumberField("maxIntervalMs", pcr.maxIntervalNs() / NS_PER_MS);
        json.writeNumberField("driftPpm", pcr.driftPpm());
        json.writeNumberField("jitterPeakMs", pcr.jitterPeakNs() / NS_PER_MS);
        json.writeNumberField("jitterRmsMs", pcr.jitterRmsNs() / NS_PER_MS);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
