package lancaster.doctor;

/** What the kernel granted of the buffers that a socket asked for. */
public record SocketBuffers(int askedBytes, int receiveBytes, int sendBytes) {
    /** What senders and receivers ask for. */
    public static final int ASKED_BYTES = 4 << 20;
}
