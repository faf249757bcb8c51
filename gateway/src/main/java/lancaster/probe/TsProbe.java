package lancaster.probe;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lancaster.mpegts.analysis.TsAnalyser;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxer;
import lancaster.mpegts.demux.TsDemuxerSettings;
import lancaster.mpegts.demux.TsDemuxerStats;

/** Measures a transport stream: the stream as such, and the media in it. */
final class TsProbe {
    private final TsDemuxer demuxer;
    private final TsAnalyser analyser;
    private long nowNs;

    TsProbe(EventSink sink) {
        this.demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, event -> sink.accept(event, nowNs));
        this.analyser = new TsAnalyser(demuxer);
    }

    /** The payload of a datagram, or a piece of a stream. */
    void accept(byte[] array, int offset, int length, long arrivalNs) {
        nowNs = arrivalNs;
        analyser.datagram(array, offset, length, arrivalNs);
    }

    /** Time goes on without anything coming. */
    void onTime(long timeNs) {
        analyser.onTime(timeNs);
    }

    /** Nothing more comes. */
    void end() {
        demuxer.flush();
    }

    TsReport report() {
        return analyser.report();
    }

    TsDemuxerStats media() {
        return demuxer.stats();
    }

    Map<String, Long> faults() {
        Map<String, Long> words = new TreeMap<>();
        demuxer.stats()
                .faults()
                .counts()
                .forEach((fault, count) ->
                        words.put(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
        return words;
    }
}
