package lancaster.rtmfp.session;

import java.net.InetSocketAddress;

/** Where an endpoint's datagrams go: a UDP socket, or the simulator. Called on the loop. */
@FunctionalInterface
public interface PacketSink {
    /**
     * Sends these bytes of {@code array}, which is used again after the call. Datagrams that can't be sent are lost as
     * datagrams are; {@code timeCritical} ones may be marked for the network and go before others.
     */
    void send(byte[] array, int offset, int length, InetSocketAddress to, boolean timeCritical);
}
