package lancaster.fec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import lancaster.rtp.RtpFixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of random loss, that of parity included, a matrix leaves. */
@Tag("sim")
class FecSim {
    private static final int TS_PACKETS = 1;

    /** Sends packets over a path that loses and gives what share is missing after repair. */
    private static final class Path implements FecSink {
        final SplittableRandom random;
        final double loss;
        final FecEncoder encoder;
        final FecDecoder decoder;
        long lost;
        long repaired;

        Path(FecSettings settings, double loss, long seed) {
            this.loss = loss;
            this.random = new SplittableRandom(seed);
            this.encoder = new FecEncoder(settings, 0, 0, this);
            this.decoder = new FecDecoder(packet -> {
                assertEquals(RtpFixtures.packet(number(packet.sequence()), TS_PACKETS), packet);
                repaired++;
            });
        }

        private long sent;

        private long number(int sequence) {
            return lancaster.rtp.SequenceNumber.extend(sequence, sent);
        }

        double send(int packets) {
            for (sent = 0; sent < packets; sent++) {
                var packet = RtpFixtures.packet(sent, TS_PACKETS);
                if (arrives()) {
                    decoder.onMedia(packet);
                } else {
                    lost++;
                }
                packet.bytes().writeTo(encoder::onMedia);
            }
            return (lost - repaired) / (double) packets;
        }

        private boolean arrives() {
            return random.nextDouble() >= loss;
        }

        @Override
        public void onColumn(byte[] array, int offset, int length) {
            parity(array, offset, length);
        }

        @Override
        public void onRow(byte[] array, int offset, int length) {
            parity(array, offset, length);
        }

        private void parity(byte[] array, int offset, int length) {
            if (arrives()) {
                decoder.onParity(RtpFixtures.parsed(
                        lancaster.bytes.Bytes.copyOf(java.nio.ByteBuffer.wrap(array, offset, length))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 0.05, 5e-4, 500_000", "10, 10, 0.01, 1e-5, 1_000_000", "4, 4, 0.1, 6e-3, 100_000"})
    void leavesLittleOfRandomLoss(int columns, int rows, double loss, double limit, String packets) {
        Path path = new Path(new FecSettings(columns, rows, true), loss, 1);
        double left = path.send(Integer.parseInt(packets.replace("_", "")));
        assertTrue(left <= limit, "left " + left);
        assertTrue(path.repaired > 0);
    }

    @Test
    void columnsAloneLeaveMore() {
        Path path = new Path(new FecSettings(10, 10, false), 0.01, 1);
        double left = path.send(300_000);
        assertTrue(left > 1e-4 && left < 1.2e-3, "left " + left);
    }

    @Test
    void repairsEveryBurstOfARow() {
        FecSettings settings = new FecSettings(10, 5, false);
        for (int from = 1; from < 200; from++) {
            SentFec sent = SentFec.of(settings, 0, 400);
            int first = from;
            int[] repaired = {0};
            FecDecoder decoder = new FecDecoder(packet -> repaired[0]++);
            for (SentFec.Sent one : sent.sent) {
                int sequence = one.packet().sequence();
                if (!one.media()) {
                    decoder.onParity(one.packet());
                } else if (sequence < first || sequence >= first + 10) {
                    decoder.onMedia(one.packet());
                }
            }
            assertEquals(10, repaired[0], "burst from " + from);
        }
    }
}
