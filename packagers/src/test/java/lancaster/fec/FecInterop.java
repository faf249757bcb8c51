package lancaster.fec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.rtp.RtpFixtures;
import lancaster.rtp.RtpPacket;
import lancaster.rtp.UdpPorts;
import lancaster.rtp.UdpPorts.Datagram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Foreign implementations of SMPTE ST 2022-1: we repair what they protect, they repair what we protect. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class FecInterop {
    private static final int L = 5;
    private static final int D = 5;
    /** Parity that protects the last packets is never sent, or comes when they are forgotten. */
    private static final int UNPROTECTED = 2 * L * D;

    private static final String LOG = "gst.log";

    @TempDir
    Path folder;

    @Test
    void repairsWhatFfmpegProtects() throws Exception {
        try (UdpPorts ports = UdpPorts.open()) {
            Process ffmpeg = Ffmpeg.startFfmpeg(
                    folder.resolve("ffmpeg.log"),
                    List.of(
                            "-readrate",
                            "2",
                            "-f",
                            "lavfi",
                            "-i",
                            "testsrc2=size=320x240:rate=25",
                            "-t",
                            "8",
                            "-c:v",
                            "mpeg2video",
                            "-b:v",
                            "2M",
                            "-f",
                            "rtp_mpegts",
                            "-fec",
                            "prompeg=l=" + L + ":d=" + D,
                            "rtp://127.0.0.1:" + ports.port()));
            try {
                repairs(ports.receive(2_000));
            } finally {
                ffmpeg.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void repairsWhatGstreamerProtects() throws Exception {
        Path gst = Requirement.program("gst-launch-1.0");
        try (UdpPorts ports = UdpPorts.open()) {
            Process sender = start(
                    gst,
                    "videotestsrc",
                    "is-live=true",
                    "num-buffers=200",
                    "pattern=snow",
                    "!",
                    "video/x-raw,width=160,height=120,framerate=50/1",
                    "!",
                    "x264enc",
                    "tune=zerolatency",
                    "bitrate=1500",
                    "!",
                    "mpegtsmux",
                    "alignment=7",
                    "!",
                    "rtpmp2tpay",
                    "ssrc=0",
                    "!",
                    "rtpst2022-1-fecenc",
                    "rows=" + D,
                    "columns=" + L,
                    "name=enc",
                    "!",
                    "udpsink",
                    "host=127.0.0.1",
                    "port=" + ports.port(),
                    "async=false",
                    "enc.fec_0",
                    "!",
                    "udpsink",
                    "host=127.0.0.1",
                    "port=" + (ports.port() + 2),
                    "async=false",
                    "enc.fec_1",
                    "!",
                    "udpsink",
                    "host=127.0.0.1",
                    "port=" + (ports.port() + 4),
                    "async=false");
            try {
                repairs(ports.receive(2_000));
            } finally {
                sender.destroyForcibly().waitFor();
            }
        }
    }

    /** Drops a twentieth and some bursts; all that one parity packet or the other can give must come back whole. */
    private static void repairs(List<Datagram> received) {
        List<RtpPacket> media = received.stream()
                .filter(one -> one.portOffset() == 0)
                .map(one -> RtpFixtures.parsed(one.bytes()))
                .toList();
        assertTrue(media.size() > 10 * UNPROTECTED, media.size() + " packets came");
        assertTrue(received.stream().anyMatch(one -> one.portOffset() == 2), "columns come on port + 2");
        assertTrue(received.stream().anyMatch(one -> one.portOffset() == 4), "rows come on port + 4");
        Map<Integer, RtpPacket> all = new HashMap<>();
        media.forEach(packet -> all.put(packet.sequence(), packet));
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, RtpPacket> dropped = new HashMap<>();
        for (int i = UNPROTECTED; i < media.size() - UNPROTECTED; i++) {
            if (random.nextInt(20) == 0 || i % 200 < L) {
                dropped.put(media.get(i).sequence(), media.get(i));
            }
        }
        int count = dropped.size();
        // Parity that overtakes its media may repair what isn't lost: that must be the same too.
        FecDecoder decoder = new FecDecoder(packet -> {
            assertEquals(all.get(packet.sequence()), packet);
            dropped.remove(packet.sequence());
        });
        for (Datagram one : received) {
            RtpPacket packet = RtpFixtures.parsed(one.bytes());
            if (one.portOffset() != 0) {
                decoder.onParity(packet);
            } else if (!dropped.containsKey(packet.sequence())) {
                decoder.onMedia(packet);
            }
        }
        assertEquals(0, decoder.stats().malformed() + decoder.stats().implausible());
        assertTrue(dropped.size() <= count / 20, dropped.size() + " of " + count + " not repaired");
    }

    @Test
    void gstreamerRepairsWhatWeProtect() throws Exception {
        Path gst = Requirement.program("gst-launch-1.0");
        int port = UdpPorts.free();
        Path file = folder.resolve("repaired.ts");
        String media = "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=MP2T,payload=33";
        String parity = "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=parityfec,payload=96";
        Process receiver = start(
                gst,
                "-e",
                "udpsrc",
                "address=127.0.0.1",
                "port=" + port,
                media,
                "!",
                "rtpst2022-1-fecdec",
                "name=dec",
                "size-time=5000000000",
                "!",
                "rtpjitterbuffer",
                "latency=1500",
                "!",
                "rtpmp2tdepay",
                "!",
                "filesink",
                "buffer-mode=2",
                "location=" + file,
                "udpsrc",
                "address=127.0.0.1",
                "port=" + (port + 2),
                parity,
                "!",
                "dec.fec_0",
                "udpsrc",
                "address=127.0.0.1",
                "port=" + (port + 4),
                parity,
                "!",
                "dec.fec_1");
        try (DatagramChannel socket = DatagramChannel.open()) {
            // By then its sockets are bound.
            awaitChange(() -> Files.readString(folder.resolve(LOG)).contains("Setting pipeline to PLAYING"));
            Bytes expected = send(socket, port);
            awaitChange(() -> Files.size(file) >= expected.length());
            assertEquals(expected, Bytes.wrap(Files.readAllBytes(file)));
        } finally {
            receiver.destroy();
            if (!receiver.waitFor(10, TimeUnit.SECONDS)) {
                receiver.destroyForcibly();
            }
        }
    }

    /** Three seconds of packets, a burst and some others left out; gives the payload of all. */
    private static Bytes send(DatagramChannel socket, int port) throws Exception {
        ByteWriter whole = new ByteWriter();
        SentFec sent = new SentFec(new FecSettings(L, D, true));
        long startNs = System.nanoTime();
        for (int number = 0; number < 300; number++) {
            int before = sent.sent.size();
            sent.media(RtpFixtures.packet(number));
            whole.bytes(RtpFixtures.packet(number).payload());
            // As their timestamps say: the jitter buffer wants them in time.
            TimeUnit.NANOSECONDS.sleep(startNs + number * 10_000_000L - System.nanoTime());
            for (SentFec.Sent one : sent.sent.subList(before, sent.sent.size())) {
                boolean lost = one.media() && ((number >= 60 && number < 60 + L) || number % 37 == 36);
                if (!lost) {
                    UdpPorts.send(socket, port + one.portOffset(), one.packet().bytes());
                }
            }
        }
        return whole.bytes();
    }

    /** Waits until files of the folder, which another program writes, are as they should be; looks at each change. */
    private void awaitChange(Callable<Boolean> condition) throws Exception {
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!condition.call()) {
                WatchKey change = changes.poll(30, TimeUnit.SECONDS);
                assertNotNull(change, () -> "nothing changed any more; see " + folder.resolve(LOG));
                change.pollEvents();
                change.reset();
            }
        }
    }

    private Process start(Object program, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile())
                .start();
    }
}
