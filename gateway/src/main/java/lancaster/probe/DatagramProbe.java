package lancaster.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * Measures a session of datagrams, whatever it is called: transport stream in RTP or bare. Owner: the loop that receives.
 */
public final class DatagramProbe {
    private static final int TS_SYNC_BYTE = 0x47;
    private static final int RTP_VERSION = 2;
    private static final int MAX_SENDERS = 64;

    private final String url;
    private final long beginNs;
    private final StreamProbe stream;
    private final TsProbe ts;
    private final RtpProbe rtp;
    private final DatagramMeter meter = new DatagramMeter();
    private final Map<String, Long> senders = new LinkedHashMap<>();
    private long bare;
    private long unknown;
    private Optional<String> hops = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    public DatagramProbe(String url, long beginNs) {
        this.url = url;
        this.beginNs = beginNs;
        this.stream = StreamProbe.live(beginNs);
        this.ts = new TsProbe(stream::accept);
        this.rtp = new RtpProbe(ts);
    }

    /** @param from the sender's address */
    public void media(Bytes datagram, String from, long arrivalNs) {
        meter.datagram(datagram.length(), arrivalNs);
        if (senders.size() < MAX_SENDERS || senders.containsKey(from)) {
            senders.merge(from, 1L, Long::sum);
        }
        if (!datagram.isEmpty() && datagram.u8(0) == TS_SYNC_BYTE) {
            bare++;
            byte[] array = datagram.toArray();
            ts.accept(array, 0, array.length, arrivalNs);
        } else if (!datagram.isEmpty() && datagram.u8(0) >> 6 == RTP_VERSION) {
            rtp.media(datagram, from, arrivalNs);
        } else {
            unknown++;
        }
    }

    public void parity(Bytes datagram, long arrivalNs) {
        rtp.parity(datagram, arrivalNs);
    }

    public void control(Bytes datagram) {
        rtp.control(datagram);
    }

    public void onTime(long nowNs) {
        rtp.onTime(nowNs);
        // What hasn't begun lacks nothing yet.
        if (!meter.isEmpty()) {
            ts.onTime(nowNs);
        }
    }

    /** What the packets say that no socket tells, such as {@code TTL 15, DSCP 34}. */
    public void hops(String text) {
        hops = Optional.of(text);
    }

    public boolean hasHops() {
        return hops.isPresent();
    }

    public void note(String text) {
        notes.add(text);
    }

    /** Whether anything came at all. */
    public boolean isEmpty() {
        return meter.isEmpty();
    }

    public ProbeReport report(long endNs) {
        rtp.end(endNs);
        ts.end();
        boolean inRtp = !rtp.isEmpty();
        List<String> told = new ArrayList<>(notes);
        hops.ifPresent(told::add);
        Faults faults = new Faults();
        faults.count(unknown, "datagrams are neither RTP nor a transport stream");
        if (bare > 0 && inRtp) {
            faults.say(bare + " datagrams come bare among those in RTP");
        }
        if (!inRtp && senders.size() > 1) {
            faults.say("several send to the same address: " + String.join(", ", senders.keySet()));
        }
        if (rtp.hasOtherPayload()) {
            faults.say("RTP of another payload type than 33 (MPEG-TS) came, which is not looked into");
        }
        if (!inRtp) {
            told.add("from " + String.join(", ", senders.keySet()));
        }
        Optional<RtpReport> report = inRtp ? Optional.of(rtp.report()) : Optional.empty();
        report.ifPresent(faults::rtp);
        faults.transport(ts.report());
        faults.counted(ts.faults());
        faults.tracks(stream.tracks(), stream.timing(endNs));
        return new ProbeReport(
                url,
                inRtp ? "MPEG-TS over RTP" : bare > 0 ? "MPEG-TS over UDP" : "datagrams",
                (endNs - beginNs) / 1e9,
                stream.tracks(),
                stream.timing(endNs),
                Optional.of(meter.report()),
                report,
                ts.report().framing().packets() == 0
                        ? Optional.empty()
                        : Optional.of(TransportReport.of(ts, true, true)),
                Optional.empty(),
                told,
                faults.all());
    }
}
