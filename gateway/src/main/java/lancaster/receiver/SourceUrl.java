package lancaster.receiver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import lancaster.multicast.IpLiteral;

/** Where a stream comes from, as people write it. */
public sealed interface SourceUrl {
    String FORM = "rtp://SOURCE@GROUP:PORT, udp://GROUP:PORT, the address of an SDP file,"
            + " rtmp[s]://HOST/APPLICATION/NAME or the http address of an .m3u8 playlist";

    /** Where the groups are joined; empty: the interface that leads to the source. */
    Optional<String> interfaceName();

    /** The program_number; empty: the first. */
    OptionalInt program();

    /** The same, joined on this interface unless it names one itself. */
    SourceUrl on(String name);

    /**
     * Datagrams themselves.
     *
     * @param rtp whether they are said to be RTP packets
     * @param address a group, or an address of this box
     * @param source who sends; empty: anybody
     */
    record StreamUrl(
            boolean rtp,
            InetSocketAddress address,
            Optional<InetAddress> source,
            Optional<String> interfaceName,
            OptionalInt program)
            implements SourceUrl {
        @Override
        public StreamUrl on(String name) {
            return new StreamUrl(rtp, address, source, interfaceName.or(() -> Optional.of(name)), program);
        }

        public boolean isMulticast() {
            return address.getAddress().isMulticastAddress();
        }

        @Override
        public String toString() {
            String from = source.map(one -> IpLiteral.text(one) + "@").orElse("");
            String where = IpLiteral.text(address.getAddress(), address.getPort());
            return (rtp ? "rtp://" : "udp://") + from + where + options(this);
        }
    }

    /** A session description (SDP) that says it. */
    record SessionUrl(URI uri, Optional<String> interfaceName) implements SourceUrl {
        @Override
        public OptionalInt program() {
            return OptionalInt.empty();
        }

        @Override
        public SessionUrl on(String name) {
            return new SessionUrl(uri, interfaceName.or(() -> Optional.of(name)));
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /**
     * Another server that is asked for the stream: RTMP, or a playlist of HLS.
     *
     * @param url with the key, if one is needed there
     */
    record PullUrl(String url) implements SourceUrl {
        public boolean isRtmp() {
            return url.startsWith("rtmp:") || url.startsWith("rtmps:") || url.startsWith("rtmfp:");
        }

        @Override
        public Optional<String> interfaceName() {
            return Optional.empty();
        }

        @Override
        public OptionalInt program() {
            return OptionalInt.empty();
        }

        @Override
        public PullUrl on(String name) {
            return this;
        }

        /** Without what gives access. */
        @Override
        public String toString() {
            int question = url.indexOf('?');
            String address = question < 0 ? url : url.substring(0, question) + "?...";
            return address.replaceFirst("://[^/@]*@", "://...@");
        }
    }

    /**
     * Reads {@code rtp://10.0.0.5@232.10.1.7:5004?interface=eth0}, {@code udp://239.1.1.1:1234}, {@code udp://@:1234} for
     * any address of this box, {@code http://box/live/name.sdp}, {@code file:/etc/name.sdp}.
     *
     * @throws IllegalArgumentException where {@code text} isn't one; the message says why
     */
    static SourceUrl parse(String text) {
        return SourceUrlReader.read(text);
    }

    private static String options(SourceUrl url) {
        StringBuilder options = new StringBuilder();
        url.interfaceName().ifPresent(name -> options.append("&interface=").append(name));
        url.program().ifPresent(number -> options.append("&program=").append(number));
        return options.isEmpty() ? "" : "?" + options.substring(1);
    }
}
