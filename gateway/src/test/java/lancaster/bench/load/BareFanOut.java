package lancaster.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.net.UdpInterface;

/**
 * {@code BYTES_A_SECOND PORT...}: encrypts as much of a stream for each port, with a key of its own, thirty times a second,
 * and sends it in packets of 1200 bytes, all of one picture in one call: what playing over RTMFP can't do without. Prints
 * {@code ready} when it begins; ends with standard input.
 */
public final class BareFanOut {
    private static final int PACKET_BYTES = 1_200;
    private static final int HEADER_BYTES = 4;
    private static final int PAYLOAD_BYTES = 1_165;
    private static final int FRAMES_PER_SECOND = 30;
    private static final long FRAME_NS = 1_000_000_000L / FRAMES_PER_SECOND;

    /** Whom it is for. */
    private record Player(InetSocketAddress address, Cipher cipher) {}

    private final NettyRunLoop loop;
    private final UdpInterface socket;
    private final List<Player> players = new ArrayList<>();
    private final double packetsPerFrame;
    private final byte[] plain = new byte[PACKET_BYTES];
    private final byte[] sealed = new byte[HEADER_BYTES + PACKET_BYTES];
    private double due;
    private long nextNs = System.nanoTime();

    private BareFanOut(double bytesPerSecond) throws IOException {
        Transport transport = Transport.best();
        Loops loops = Loops.start(1, transport);
        loop = loops.rtmfp();
        socket = UdpInterface.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), transport, loop);
        packetsPerFrame = bytesPerSecond / PAYLOAD_BYTES / FRAMES_PER_SECOND;
    }

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        BareFanOut fanOut = new BareFanOut(Double.parseDouble(args[0]));
        for (int i = 1; i < args.length; i++) {
            byte[] key = new byte[16];
            key[0] = (byte) i;
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            fanOut.players.add(new Player(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[i])), cipher));
        }
        fanOut.loop.execute(fanOut::frame);
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private void frame() {
        due += packetsPerFrame;
        int packets = (int) due;
        due -= packets;
        for (Player player : players) {
            for (int i = 0; i < packets; i++) {
                try {
                    player.cipher.doFinal(plain, 0, PACKET_BYTES, sealed, HEADER_BYTES);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
                socket.send(sealed, 0, sealed.length, player.address, false);
            }
        }
        nextNs += FRAME_NS;
        loop.schedule(Math.max(0, nextNs - System.nanoTime()), this::frame);
    }
}
