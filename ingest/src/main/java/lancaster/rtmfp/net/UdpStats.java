package lancaster.rtmfp.net;

/**
 * What a socket has carried.
 *
 * @param droppedDatagrams that were not sent, because too much waited for the socket or the kernel refused
 */
public record UdpStats(
        long receivedDatagrams, long receivedBytes, long sentDatagrams, long sentBytes, long droppedDatagrams) {}
