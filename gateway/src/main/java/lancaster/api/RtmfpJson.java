package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import lancaster.directory.DirectoryStats;
import lancaster.rendezvous.RendezvousStats;
import lancaster.rtmfp.net.PartnerStats;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmfp.net.UdpStats;
import lancaster.rtmfp.session.EndpointStats;
import lancaster.rtmfp.session.FlowTotals;

/** How RTMFP does, as the API says it. */
final class RtmfpJson {
    private RtmfpJson() {}

    static void write(JsonGenerator json, RtmfpServerStats stats) throws IOException {
        json.writeObjectFieldStart("rtmfp");
        json.writeNumberField("sessions", stats.endpoint().sessions());
        json.writeNumberField("sendingFlows", stats.endpoint().flows().sending());
        json.writeNumberField("receivingFlows", stats.endpoint().flows().receiving());
        json.writeNumberField("bufferedBytes", stats.endpoint().bufferedBytes());
        handshakes(json, stats.endpoint());
        datagrams(json, stats.socket(), stats.endpoint());
        fragments(json, stats.endpoint().flows());
        introductions(json, stats.introductions());
        json.writeNumberField("refusedClients", stats.refusedClients());
        json.writeNumberField("redirectedClients", stats.redirectedClients());
        partners(json, stats.partners());
        json.writeEndObject();
    }

    private static void handshakes(JsonGenerator json, EndpointStats endpoint) throws IOException {
        json.writeObjectFieldStart("handshakes");
        json.writeNumberField("hellos", endpoint.hellos());
        json.writeNumberField("inWork", endpoint.keyingsInWork());
        json.writeNumberField("opened", endpoint.openedSessions());
        json.writeNumberField("refused", endpoint.refusedHandshakes());
        json.writeNumberField("badCookies", endpoint.badCookies());
        json.writeEndObject();
    }

    private static void datagrams(JsonGenerator json, UdpStats socket, EndpointStats endpoint) throws IOException {
        json.writeObjectFieldStart("datagrams");
        json.writeNumberField("received", socket.receivedDatagrams());
        json.writeNumberField("receivedBytes", socket.receivedBytes());
        json.writeNumberField("dropped", endpoint.droppedDatagrams());
        json.writeNumberField("sent", socket.sentDatagrams());
        json.writeNumberField("sentBytes", socket.sentBytes());
        json.writeNumberField("failed", socket.droppedDatagrams());
        json.writeEndObject();
    }

    private static void fragments(JsonGenerator json, FlowTotals flows) throws IOException {
        json.writeObjectFieldStart("fragments");
        json.writeNumberField("sent", flows.sentFragments());
        json.writeNumberField("lost", flows.lostFragments());
        json.writeNumberField("timeouts", flows.timeouts());
        json.writeNumberField("malformedChunks", flows.malformedChunks());
        json.writeEndObject();
    }

    private static void introductions(JsonGenerator json, RendezvousStats stats) throws IOException {
        json.writeObjectFieldStart("introductions");
        json.writeNumberField("contacts", stats.contacts());
        json.writeNumberField("lookups", stats.lookups());
        json.writeNumberField("introductions", stats.introductions());
        json.writeNumberField("passedOn", stats.sentOn());
        json.writeNumberField("vouched", stats.vouched());
        json.writeNumberField("unknown", stats.unknown());
        json.writeNumberField("refused", stats.refused());
        json.writeNumberField("limited", stats.limited());
        json.writeNumberField("malformed", stats.malformed());
        json.writeEndObject();
    }

    private static void partners(JsonGenerator json, List<PartnerStats> partners) throws IOException {
        json.writeArrayFieldStart("peers");
        for (PartnerStats partner : partners) {
            json.writeStartObject();
            json.writeStringField("server", partner.server().toString());
            json.writeBooleanField("connected", partner.connected());
            if (partner.cause().isPresent()) {
                json.writeStringField("cause", partner.cause().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(JsonGenerator json, DirectoryStats stats) throws IOException {
        json.writeObjectFieldStart("directory");
        json.writeNumberField("names", stats.names());
        json.writeNumberField("lookups", stats.lookups());
        json.writeNumberField("misses", stats.misses());
        json.writeEndObject();
    }
}
