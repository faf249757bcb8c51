package lancaster.rtp;

import java.util.List;
import java.util.Optional;

/** What a {@link RtcpParticipant} says of media, asked at the moment it speaks. */
public interface RtcpSource {
    /**
     * What it has sent.
     *
     * @param rtpTimestamp of the same moment as {@code ntp}
     */
    record Sent(NtpTime ntp, long rtpTimestamp, long packets, long octets) {}

    /** Empty for who only receives. */
    Optional<Sent> sent();

    /** What it has received since it was asked last; at most 31. */
    List<ReportBlock> received();
}
