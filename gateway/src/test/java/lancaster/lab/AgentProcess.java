package lancaster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Listens and talks in a host of the lab, as lines tell it that begin with a number of their own:
 * {@code listen GROUP PORT INTERFACE SOURCE|any FILE}, {@code talk GROUP PORT INTERFACE TTL COUNT} and {@code stop NUMBER}.
 * Each is answered once, by its number and words.
 */
final class AgentProcess {
    private static final int BYTES = 1316;
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    private final Map<String, Boolean> stopped = new ConcurrentHashMap<>();

    private AgentProcess() {}

    public static void main(String[] arguments) throws Exception {
        AgentProcess agent = new AgentProcess();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] words = line.split(" ", -1);
            Thread thread = new Thread(() -> agent.answer(words), line);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void answer(String[] words) {
        String answer;
        try {
            answer = switch (words[1]) {
                case "listen" -> listen(words);
                case "talk" -> talk(words);
                default -> stop(words[2]);
            };
        } catch (IOException | RuntimeException e) {
            answer = "failed: " + e;
        }
        System.out.println(words[0] + " " + answer);
    }

    private String listen(String[] words) throws IOException {
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByName(words[2]), Integer.parseInt(words[3]));
        memberships.put(words[0], Membership.join(group, words[4], words[5], Path.of(words[6])));
        return "joined";
    }

    private String stop(String number) throws IOException {
        Membership membership = memberships.remove(number);
        if (membership == null) {
            stopped.put(number, true);
            return "told to stop";
        }
        Heard heard = membership.leave();
        return heard.datagrams() + " " + heard.from();
    }

    /** Sends numbered datagrams of 1316 bytes, 500 a second. */
    private String talk(String[] words) throws IOException {
        InetSocketAddress group = new InetSocketAddress(InetAddress.getByName(words[2]), Integer.parseInt(words[3]));
        try (DatagramChannel channel = DatagramChannel.open(Heard.family(group.getAddress()))) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(words[4]));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, Integer.parseInt(words[5]));
            int count = Integer.parseInt(words[6]);
            long startNs = System.nanoTime();
            for (int i = 0; i < count && !stopped.containsKey(words[0]); i++) {
                long waitNs = startNs + i * PERIOD_NS - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                }
                channel.send(ByteBuffer.allocate(BYTES).putInt(0, i), group);
            }
        }
        return "talked";
    }
}
