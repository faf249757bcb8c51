package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackRemoved;
import lancaster.mpegts.demux.TsDemuxerStats.Use;
import org.jspecify.annotations.Nullable;

/**
 * Makes media events of one program of a transport stream (ISO/IEC 13818-1): of its first H.264 and its first AAC stream;
 * the others are named in the statistics. Times stay the program's own, unwrapped to 64 bits. A track that the program
 * loses is told by a {@link TrackRemoved}. Nothing is given on that lacks a part, or that a decoder can't decode because
 * something before it was lost.
 */
public final class TsDemuxer implements TsPacketSink {
    private final TsDemuxerSettings settings;
    private final Consumer<MediaEvent> sink;
    private final FaultCounters faults = new FaultCounters();
    private final ProgramTables tables;
    private final ProgramClock clock = new ProgramClock();
    private final TsPacketHeader packet = new TsPacketHeader();
    private final Continuity associationContinuity = new Continuity();
    private final Continuity mapContinuity = new Continuity();
    /** The streams of the program in the order of its map. */
    private List<ProgramStream> streams = List.of();
    /** The same by their PIDs. */
    private final @Nullable ProgramStream[] byPid = new @Nullable ProgramStream[TsPacketHeader.PIDS];

    private long packets;
    private long lostPackets;
    private long accessUnits;

    public TsDemuxer(TsDemuxerSettings settings, Consumer<MediaEvent> sink) {
        this.settings = settings;
        this.sink = sink;
        this.tables = new ProgramTables(settings.program(), faults, this::onProgram);
    }

    @Override
    public void onPacket(byte[] array, int offset) {
        packets++;
        if (!packet.read(array, offset)) {
            faults.count(TsFault.BAD_PACKET);
            return;
        }
        if (packet.transportError()) {
            // Not even its PID can be believed; the counter will show what is missing.
            faults.count(TsFault.TRANSPORT_ERROR);
            return;
        }
        ProgramStream stream = byPid[packet.pid()];
        if (stream != null) {
            stream.packet(packet, array);
        } else if (packet.pid() == ProgramAssociation.PID) {
            sections(associationContinuity, array);
        } else if (packet.pid() == tables.mapPid()) {
            sections(mapContinuity, array);
        }
    }

    /** What comes next is another sender's, or the same one's after a pause: what is open is incomplete. */
    public void restart() {
        associationContinuity.restart();
        mapContinuity.restart();
        tables.sections(ProgramAssociation.PID).ifPresent(SectionAssembler::drop);
        tables.sections(tables.mapPid()).ifPresent(SectionAssembler::drop);
        streams.forEach(ProgramStream::restart);
    }

    /** Nothing comes for the time being: gives on what is known to be complete. */
    public void flush() {
        streams.forEach(ProgramStream::flush);
    }

    public TsDemuxerStats stats() {
        long lost = lostPackets;
        long units = accessUnits;
        List<TsDemuxerStats.Stream> listed = new ArrayList<>();
        for (ProgramStream stream : streams) {
            lost += stream.lostPackets();
            units += stream.accessUnits();
            listed.add(stream.stats());
        }
        return new TsDemuxerStats(packets, units, lost, tables.program(), tables.programs(), listed, faults.snapshot());
    }

    private void sections(Continuity continuity, byte[] array) {
        SectionAssembler assembler = tables.sections(packet.pid()).orElseThrow();
        switch (continuity.check(packet)) {
            case NEXT -> {}
            case DUPLICATE -> {
                return;
            }
            case GAP -> {
                faults.count(TsFault.CONTINUITY);
                lostPackets += continuity.missing();
                assembler.drop();
            }
            case RESTART -> assembler.drop();
        }
        if (packet.scrambled()) {
            faults.count(TsFault.SCRAMBLED);
        } else if (packet.hasPayload()) {
            assembler.payload(array, packet.payloadOffset(), packet.payloadLength(), packet.unitStart());
        }
    }

    private void onProgram(List<ProgramMap.Stream> listed) {
        List<ProgramStream> before = streams;
        ProgramMap.Stream video = first(listed, StreamKind.H264);
        ProgramMap.Stream audio = first(listed, StreamKind.AAC_ADTS);
        List<ProgramStream> after = new ArrayList<>();
        for (ProgramMap.Stream stream : listed) {
            if (tables.isFree(stream.pid()) && after.stream().noneMatch(each -> each.pid() == stream.pid())) {
                Use use = stream.equals(video) || stream.equals(audio) ? Use.TRACK : otherUse(stream);
                after.add(before.stream()
                        .filter(each -> each.isSame(stream, use))
                        .findFirst()
                        .orElseGet(() -> open(stream, use)));
            } else {
                faults.count(TsFault.BAD_SECTION);
            }
        }
        streams = after;
        for (ProgramStream stream : before) {
            if (!after.contains(stream)) {
                close(stream);
            }
        }
        after.forEach(stream -> byPid[stream.pid()] = stream);
    }

    /** Of the supported streams of a kind the one that is the track already, else the first. */
    private ProgramMap.@Nullable Stream first(List<ProgramMap.Stream> listed, int streamType) {
        List<ProgramMap.Stream> all = listed.stream()
                .filter(stream -> stream.streamType() == streamType && tables.isFree(stream.pid()))
                .toList();
        for (ProgramMap.Stream stream : all) {
            ProgramStream present = byPid[stream.pid()];
            if (present != null && present.isSame(stream, Use.TRACK)) {
                return stream;
            }
        }
        return all.isEmpty() ? null : all.get(0);
    }

    private static Use otherUse(ProgramMap.Stream stream) {
        boolean supported = stream.streamType() == StreamKind.H264 || stream.streamType() == StreamKind.AAC_ADTS;
        if (supported) {
            return Use.FURTHER_TRACK;
        }
        return StreamKind.of(stream).content() == StreamKind.Content.DATA ? Use.DATA : Use.UNSUPPORTED;
    }

    private ProgramStream open(ProgramMap.Stream stream, Use use) {
        StreamKind kind = StreamKind.of(stream);
        if (use != Use.TRACK) {
            return new ProgramStream(stream, kind, use, faults);
        }
        ElementaryReader reader = stream.streamType() == StreamKind.H264
                ? new AvcReader(new AvcTrack(Track.VIDEO, faults, sink), faults, settings.accessUnitLimitBytes())
                : new AdtsReader(Track.AUDIO, faults, sink);
        return new ProgramStream(stream, kind, use, faults, new PesReader(reader, clock, faults));
    }

    /** A track that another stream takes over goes on; one that nobody does is over. */
    private void close(ProgramStream stream) {
        stream.flush();
        byPid[stream.pid()] = null;
        accessUnits += stream.accessUnits();
        lostPackets += stream.lostPackets();
        boolean replaced = streams.stream()
                .anyMatch(each -> each.use() == Use.TRACK && each.kind().equals(stream.kind()));
        if (stream.use() == Use.TRACK && stream.accessUnits() > 0 && !replaced) {
            int trackId = stream.kind().content() == StreamKind.Content.VIDEO ? Track.VIDEO : Track.AUDIO;
            sink.accept(new TrackRemoved(trackId));
        }
    }
}
