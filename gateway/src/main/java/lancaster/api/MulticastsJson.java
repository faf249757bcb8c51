package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.departure.DepartureStats;
import lancaster.igmp.HeardJoins;
import lancaster.multicast.Dscp;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.PacerStats;
import lancaster.multicast.net.SendError;
import lancaster.multicast.net.SenderStats;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.output.MulticastProposal;
import lancaster.rtp.Viewer;
import lancaster.rtp.ViewerStats;

/** What is known of multicast outputs, as JSON. Settings have the keys and words of the configuration. */
final class MulticastsJson {
    private static final long NS_A_MS = 1_000_000;

    private MulticastsJson() {}

    /** All outputs, how punctual they are, and the interfaces that could be named. */
    static void all(JsonGenerator json, MulticastOutputs outputs) throws IOException {
        json.writeArrayFieldStart("multicasts");
        for (MulticastOutput output : outputs.all()) {
            json.writeStartObject();
            write(json, output.stats());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("interfaces");
        for (LocalInterface one : interfaces()) {
            write(json, one);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("pacing");
        json.writeNumberField("outputs", outputs.pacing().paced());
        json.writeNumberField("wakeUps", outputs.pacing().wakeUps());
        write(json, outputs.pacing().lateness());
        json.writeEndObject();
    }

    /** The fields of an output. */
    static void write(JsonGenerator json, MulticastOutputStats stats) throws IOException {
        MulticastOutputStats.Counters counters = stats.counters();
        json.writeStringField("stream", stats.path().toString());
        json.writeStringField("state", stats.state().name().toLowerCase(java.util.Locale.ROOT));
        json.writeStringField("reason", stats.reason());
        json.writeStringField("since", stats.since().toString());
        json.writeObjectFieldStart("settings");
        write(json, stats.settings());
        json.writeEndObject();
        texts(json, "warnings", stats.warnings());
        json.writeNumberField("datagrams", counters.datagrams());
        json.writeNumberField("bytes", counters.bytes());
        json.writeNumberField("bitsPerSecond", counters.bitsPerSecond());
        json.writeNumberField("parityDatagrams", counters.parityDatagrams());
        json.writeNumberField("failedDatagrams", counters.failedDatagrams());
        json.writeNumberField("restarts", counters.restarts());
        write(json, stats.lateness());
        if (stats.departure().isPresent()) {
            write(json, stats.departure().get());
        }
        if (stats.viewers().isPresent()) {
            write(json, stats.viewers().get());
        }
        json.writeArrayFieldStart("ways");
        for (MulticastOutputStats.Way way : stats.ways()) {
            write(json, way);
        }
        json.writeEndArray();
    }

    /** The fields of a proposal. */
    static void write(JsonGenerator json, MulticastProposal proposal) throws IOException {
        json.writeObjectFieldStart("settings");
        write(json, proposal.settings());
        json.writeEndObject();
        texts(json, "warnings", proposal.warnings());
        texts(json, "refusals", proposal.refusals());
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** What receivers report; many don't. */
    private static void write(JsonGenerator json, ViewerStats viewers) throws IOException {
        json.writeObjectFieldStart("viewers");
        json.writeNumberField("reporting", viewers.viewers());
        json.writeNumberField("losing", viewers.losing());
        json.writeNumberField("averageFractionLost", viewers.averageFractionLost());
        json.writeNumberField("worstFractionLost", viewers.worstFractionLost());
        json.writeNumberField("worstJitterUs", viewers.worstJitterNs() / 1_000);
        json.writeNumberField("reports", viewers.reports());
        json.writeArrayFieldStart("worst");
        for (Viewer viewer : viewers.worst()) {
            json.writeStartObject();
            json.writeStringField("name", viewer.cname());
            json.writeNumberField("fractionLost", viewer.fractionLost());
            json.writeNumberField("lost", viewer.lost());
            json.writeNumberField("jitterUs", viewer.jitterNs() / 1_000);
            if (viewer.roundTripNs() >= 0) {
                json.writeNumberField("roundTripUs", viewer.roundTripNs() / 1_000);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, MulticastOutputSettings settings) throws IOException {
        write(json, settings.leg());
        json.writeStringField("payload", settings.payload().name().toLowerCase(java.util.Locale.ROOT));
        json.writeBooleanField("loopback", settings.loopback());
        json.writeStringField(
                "smooth",
                settings.smooth().isZero() ? "none" : settings.smooth().toMillis() + "ms");
        json.writeStringField("rate", settings.rateBits() == 0 ? "none" : settings.rateBits() + "bit/s");
        if (settings.fec().isPresent()) {
            json.writeObjectFieldStart("fec");
            json.writeNumberField("columns", settings.fec().get().columns());
            json.writeNumberField("rows", settings.fec().get().rows());
            json.writeBooleanField("row-fec", settings.fec().get().rowPackets());
            json.writeEndObject();
        } else {
            json.writeStringField("fec", "none");
        }
        if (settings.duplicate().isPresent()) {
            json.writeObjectFieldStart("duplicate");
            write(json, settings.duplicate().get());
            json.writeEndObject();
        } else {
            json.writeStringField("duplicate", "none");
        }
        json.writeBooleanField("sap", settings.sap());
    }

    private static void write(JsonGenerator json, Leg leg) throws IOException {
        json.writeStringField(
                "address", leg.group().map(MulticastGroup::toString).orElse("auto"));
        json.writeStringField("interface", leg.interfaceName().orElse("none"));
        json.writeStringField("source", leg.source().map(IpLiteral::text).orElse("auto"));
        json.writeNumberField("ttl", leg.ttl());
        json.writeStringField("dscp", Dscp.text(leg.dscp()));
    }

    private static void write(JsonGenerator json, MulticastOutputStats.Way way) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "address", way.leg().group().map(MulticastGroup::toString).orElse("auto"));
        json.writeStringField("interface", way.interfaceName());
        json.writeStringField("source", way.source().map(IpLiteral::text).orElse(""));
        write(json, way.joins());
        write(json, "media", Optional.of(way.media()));
        write(json, "columnFec", way.columns());
        write(json, "rowFec", way.rows());
        json.writeEndObject();
    }

    /** What isn't known has no number. */
    private static void write(JsonGenerator json, HeardJoins heard) throws IOException {
        json.writeObjectFieldStart("joins");
        json.writeStringField("state", heard.joins().isPresent() ? "heard" : "unknown");
        if (heard.joins().isPresent()) {
            json.writeNumberField("hosts", heard.joins().get().hosts());
            json.writeBooleanField("atLeast", heard.joins().get().atLeast());
        } else {
            json.writeStringField("reason", heard.unknown());
        }
        if (heard.ageNs().isPresent()) {
            json.writeNumberField("lastHeardAgeMs", heard.ageNs().get() / NS_A_MS);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<SenderStats> sender) throws IOException {
        if (sender.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("datagrams", sender.get().datagrams());
        json.writeNumberField("bytes", sender.get().bytes());
        json.writeNumberField("calls", sender.get().calls());
        json.writeObjectFieldStart("errors");
        for (Map.Entry<SendError, Long> error : sender.get().errors().entrySet()) {
            json.writeNumberField(error.getKey().id(), error.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, DepartureStats departure) throws IOException {
        json.writeObjectFieldStart("departure");
        json.writeNumberField("packets", departure.packets());
        json.writeNumberField("nullPackets", departure.nullPackets());
        json.writeNumberField("accessUnits", departure.accessUnits());
        json.writeNumberField("lateSteps", departure.lateSteps());
        json.writeNumberField("earlySteps", departure.earlySteps());
        json.writeNumberField("cuts", departure.cuts());
        json.writeNumberField("droppedAccessUnits", departure.droppedAccessUnits());
        json.writeNumberField("malformed", departure.malformed());
        json.writeNumberField("waitingPackets", departure.waitingPackets());
        json.writeNumberField("delayUs", departure.delayNs() / 1_000);
        json.writeNumberField("skewPpm", departure.skewPpm());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PacerStats.Lateness lateness) throws IOException {
        json.writeObjectFieldStart("lateness");
        json.writeNumberField("departures", lateness.departures());
        json.writeNumberField("medianUs", lateness.medianNs() / 1_000);
        json.writeNumberField("p95Us", lateness.p95Ns() / 1_000);
        json.writeNumberField("p99Us", lateness.p99Ns() / 1_000);
        json.writeNumberField("maxUs", lateness.maxNs() / 1_000);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LocalInterface one) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", one.name());
        json.writeBooleanField("usable", one.usable());
        json.writeNumberField("mtu", one.mtuBytes());
        json.writeArrayFieldStart("addresses");
        for (java.net.InetAddress address : one.addresses()) {
            json.writeString(IpLiteral.text(address));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<LocalInterface> interfaces() {
        try {
            return LocalInterface.all();
        } catch (MulticastException e) {
            return List.of();
        }
    }
}
