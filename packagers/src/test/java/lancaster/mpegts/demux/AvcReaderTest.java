package lancaster.mpegts.demux;

import static lancaster.mpegts.demux.AvcSamples.AUD;
import static lancaster.mpegts.demux.AvcSamples.FILLER;
import static lancaster.mpegts.demux.AvcSamples.INTERLACED_SPS;
import static lancaster.mpegts.demux.AvcSamples.OTHER_PPS;
import static lancaster.mpegts.demux.AvcSamples.OTHER_SPS;
import static lancaster.mpegts.demux.AvcSamples.PPS;
import static lancaster.mpegts.demux.AvcSamples.RECOVERY_POINT;
import static lancaster.mpegts.demux.AvcSamples.SPS;
import static lancaster.mpegts.demux.AvcSamples.disposable;
import static lancaster.mpegts.demux.AvcSamples.field;
import static lancaster.mpegts.demux.AvcSamples.idr;
import static lancaster.mpegts.demux.AvcSamples.prefixed;
import static lancaster.mpegts.demux.AvcSamples.reference;
import static lancaster.mpegts.demux.AvcSamples.slice;
import static lancaster.mpegts.demux.AvcSamples.stream;
import static lancaster.mpegts.demux.TsBuilder.VIDEO_PID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** H.264 in PES packets, as multiplexers cut it, and with parts missing. */
class AvcReaderTest {
    private static final TrackConfigured CONFIGURED = configured(SPS, PPS);
    /** Ends the last picture, for only the next one tells that it is complete. */
    private static final Bytes END = stream(AUD, AUD);

    private final TsBuilder ts = new TsBuilder().tables();

    private Demuxed read() {
        return Demuxed.of(ts.pes(VIDEO_PID, END).bytes());
    }

    private void gives(MediaEvent... expected) {
        assertEquals(List.of(expected), read().events());
    }

    private static TrackConfigured configured(Bytes sps, Bytes pps) {
        return new TrackConfigured(new Track(
                Track.VIDEO,
                AvcDecoderConfiguration.of(List.of(sps), List.of(pps)).toConfig()));
    }

    private static AccessUnit key(long dts90k, Bytes... units) {
        return new AccessUnit(Track.VIDEO, dts90k, 0, true, prefixed(units));
    }

    private static AccessUnit unit(long dts90k, Bytes... units) {
        return new AccessUnit(Track.VIDEO, dts90k, 0, false, prefixed(units));
    }

    @Nested
    class AccessUnits {
        @Test
        void oneInAPesPacketLosesDelimiterParameterSetsAndFiller() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1), FILLER));
            ts.pes(VIDEO_PID, 4600, stream(AUD, reference(1, 2)));
            gives(CONFIGURED, key(1000, idr(1)), unit(4600, reference(1, 2)));
        }

        @Test
        void haveSeveralSlices() {
            Bytes second = slice(0x65, 40, 2, 0, 3, 90);
            ts.pes(VIDEO_PID, 1000, stream(SPS, PPS, idr(1), second));
            gives(CONFIGURED, key(1000, idr(1), second));
        }

        @Test
        void areToldApartWithoutDelimiters() {
            ts.pes(VIDEO_PID, 1000, stream(SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(reference(1, 2)));
            ts.pes(VIDEO_PID, 8200, stream(RECOVERY_POINT, reference(2, 3)));
            gives(
                    CONFIGURED,
                    key(1000, idr(1)),
                    unit(4600, reference(1, 2)),
                    new AccessUnit(Track.VIDEO, 8200, 0, true, prefixed(RECOVERY_POINT, reference(2, 3))));
        }

        @Test
        void goOnInTheNextPesPacketWhichDatesTheOneThatBeginsInIt() {
            Bytes key = stream(AUD, SPS, PPS, idr(1));
            Bytes next = stream(AUD, reference(1, 2));
            ts.pes(VIDEO_PID, 1000, key.slice(0, 50));
            ts.pes(VIDEO_PID, 4600, Bytes.concat(key.slice(50), next.slice(0, 20)));
            ts.pes(VIDEO_PID, 8200, Bytes.concat(next.slice(20), stream(AUD, reference(2, 3))));
            gives(CONFIGURED, key(1000, idr(1)), unit(4600, reference(1, 2)), unit(8200, reference(2, 3)));
        }

        @Test
        void thatShareAPesPacketFollowEachOtherByTheDurationOfAFrame() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 2800, stream(AUD, reference(1, 2), AUD, reference(2, 3)));
            ts.pes(VIDEO_PID, 6400, stream(AUD, reference(3, 4)));
            gives(
                    CONFIGURED,
                    key(1000, idr(1)),
                    unit(2800, reference(1, 2)),
                    unit(4600, reference(2, 3)),
                    unit(6400, reference(3, 4)));
            assertEquals(1, read().stats().faults().count(TsFault.MISSING_TIMESTAMP));
        }

        @Test
        void haveTheirTimesOnEitherSideOfTheWrap() {
            long last = (1L << 33) - 1800;
            ts.pes(VIDEO_PID, (last + 3600) & ((1L << 33) - 1), last, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 1800, stream(AUD, disposable(1, 2)));
            gives(
                    CONFIGURED,
                    new AccessUnit(Track.VIDEO, last, 3600, true, prefixed(idr(1))),
                    unit(last + 3600, disposable(1, 2)));
        }

        @Test
        void thatAreTooLongAreLeftOut() {
            byte[] huge = new byte[TsDemuxerSettings.DEFAULTS.accessUnitLimitBytes()];
            java.util.Arrays.fill(huge, (byte) 0x55);
            huge[0] = 0x41;
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, Bytes.wrap(huge)));
            ts.pes(VIDEO_PID, 8200, stream(AUD, SPS, PPS, idr(2)));
            gives(CONFIGURED, key(1000, idr(1)), key(8200, idr(2)));
            assertEquals(1, read().stats().faults().count(TsFault.ACCESS_UNIT_TOO_LARGE));
        }
    }

    @Nested
    class RandomAccess {
        @Test
        void nothingComesBeforeIt() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, reference(1, 1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, SPS, PPS, reference(2, 2)));
            ts.pes(VIDEO_PID, 8200, stream(AUD, SPS, PPS, idr(3)));
            gives(CONFIGURED, key(8200, idr(3)));
            assertEquals(0, read().stats().faults().total());
        }

        @Test
        void isAPictureWithARecoveryPoint() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, RECOVERY_POINT, reference(1, 1)));
            gives(CONFIGURED, key(1000, RECOVERY_POINT, reference(1, 1)));
        }

        @Test
        void isAnIntraPictureBehindParameterSetsThatTheMultiplexerCallsOne() {
            Bytes intra = slice(0x41, 0, 2, 3, 1, 90);
            ts.pes(VIDEO_PID, 1000, 1000, stream(AUD, SPS, PPS, intra), true);
            gives(CONFIGURED, key(1000, intra));
        }

        @Test
        void isNoPredictedPictureWhateverTheMultiplexerCallsIt() {
            ts.pes(VIDEO_PID, 1000, 1000, stream(AUD, SPS, PPS, reference(1, 1)), true);
            gives();
        }

        @Test
        void needsParameterSets() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, SPS, PPS, idr(2)));
            gives(CONFIGURED, key(4600, idr(2)));
            assertEquals(1, read().stats().faults().count(TsFault.NO_CONFIGURATION));
        }

        @Test
        void needsParameterSetsThatCanBeRead() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, Bytes.of(0x67, 66, 0), PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, SPS, PPS, idr(2)));
            gives(CONFIGURED, key(4600, idr(2)));
        }
    }

    @Nested
    class ParameterSets {
        @Test
        void thatChangeAreANewConfiguration() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, OTHER_SPS, PPS, idr(2)));
            ts.pes(VIDEO_PID, 8200, stream(AUD, OTHER_SPS, PPS, idr(3)));
            gives(CONFIGURED, key(1000, idr(1)), configured(OTHER_SPS, PPS), key(4600, idr(2)), key(8200, idr(3)));
        }

        @Test
        void ofPicturesAloneGoWithThem() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, OTHER_PPS, reference(1, 2)));
            gives(CONFIGURED, key(1000, idr(1)), unit(4600, OTHER_PPS, reference(1, 2)));
        }
    }

    @Nested
    class Fields {
        private final Bytes key = field(0x65, 2, 0, false, 1);
        private final Bytes keyBottom = field(0x41, 0, 0, true, 2);
        private final Bytes top = field(0x41, 0, 1, false, 3);
        private final Bytes bottom = field(0x41, 0, 1, true, 4);

        @Test
        void ofAFrameAreOneAccessUnit() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, INTERLACED_SPS, PPS, key));
            ts.pes(VIDEO_PID, 2800, stream(AUD, keyBottom));
            ts.pes(VIDEO_PID, 4600, stream(AUD, top, AUD, bottom));
            gives(configured(INTERLACED_SPS, PPS), key(1000, key, keyBottom), unit(4600, top, bottom));
        }

        @Test
        void thatLackTheirOtherHalfStandAlone() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, INTERLACED_SPS, PPS, key));
            ts.pes(VIDEO_PID, 4600, stream(AUD, top));
            ts.pes(VIDEO_PID, 8200, stream(AUD, INTERLACED_SPS, PPS, key));
            ts.pes(VIDEO_PID, 9999, stream(AUD, keyBottom));
            gives(configured(INTERLACED_SPS, PPS), key(1000, key), unit(4600, top), key(8200, key, keyBottom));
        }
    }

    @Nested
    class Damage {
        @Test
        void ofAReferenceCostsEverythingUpToTheNextRandomAccessPoint() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, reference(1, 2)).slice(0, 60)).lose(VIDEO_PID, 1);
            ts.pes(VIDEO_PID, 8200, stream(AUD, reference(2, 3)));
            ts.pes(VIDEO_PID, 11800, stream(AUD, SPS, PPS, idr(4)));
            gives(CONFIGURED, key(1000, idr(1)), key(11800, idr(4)));
            assertEquals(1, read().stats().faults().count(TsFault.DAMAGED_ACCESS_UNIT));
            assertEquals(1, read().stats().faults().count(TsFault.NOT_DECODABLE));
            assertEquals(1, read().stats().lostPackets());
        }

        @Test
        void ofAPictureThatNoneLeansOnCostsThatPicture() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, disposable(1, 2)).slice(0, 40)).lose(VIDEO_PID, 1);
            ts.pes(VIDEO_PID, 8200, stream(AUD, reference(1, 3)));
            ts.pes(VIDEO_PID, 11800, stream(AUD, reference(2, 4)));
            gives(CONFIGURED, key(1000, idr(1)), unit(8200, reference(1, 3)), unit(11800, reference(2, 4)));
        }

        @Test
        void thatTookAReferenceWithItIsSeenByTheNumbersOfFrames() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.pes(VIDEO_PID, 4600, stream(AUD, disposable(1, 2)).slice(0, 40)).lose(VIDEO_PID, 3);
            ts.pes(VIDEO_PID, 8200, stream(AUD, reference(2, 3)));
            gives(CONFIGURED, key(1000, idr(1)));
        }

        @Test
        void announcedByTheMultiplexerIsNoContinuityError() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            ts.lose(VIDEO_PID, 5);
            ts.packet(VIDEO_PID, false, Bytes.EMPTY, true, false);
            ts.pes(VIDEO_PID, 500_000, stream(AUD, SPS, PPS, idr(2)));
            gives(CONFIGURED, key(500_000, idr(2)));
            assertEquals(0, read().stats().faults().count(TsFault.CONTINUITY));
        }

        @Test
        void ofAPacketThatIsMarkedAsBrokenShowsByTheCounter() {
            ts.pes(VIDEO_PID, 1000, stream(AUD, SPS, PPS, idr(1)));
            Bytes broken = new TsBuilder()
                    .pes(VIDEO_PID, 4600, stream(AUD, reference(1, 2)))
                    .bytes();
            byte[] marked = broken.toArray();
            marked[1] |= (byte) 0x80;
            ts.raw(Bytes.wrap(marked)).lose(VIDEO_PID, 1);
            ts.pes(VIDEO_PID, 8200, stream(AUD, SPS, PPS, idr(3)));
            gives(CONFIGURED, key(8200, idr(3)));
            assertEquals(1, read().stats().faults().count(TsFault.TRANSPORT_ERROR));
        }
    }
}
