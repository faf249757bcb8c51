package lancaster.stream;

/**
 * Who publishes, for people.
 *
 * @param protocol by which it comes: {@code "rtmp"}, {@code "rtmps"}, {@code "rtmfp"}, {@code "rtp"}…
 * @param remoteAddress where it comes from, as shown
 * @param encoder what it calls itself; may be empty
 * @param trustsMarks whether the timeline marks that it sends are obeyed: it is another Lancaster of ours
 */
public record PublisherInfo(String protocol, String remoteAddress, String encoder, boolean trustsMarks) {
    public PublisherInfo(String protocol, String remoteAddress, String encoder) {
        this(protocol, remoteAddress, encoder, false);
    }
}
