package lancaster.media;

import lancaster.bytes.Bytes;

/**
 * One coded frame.
 *
 * @param trackId the {@link Track} it belongs to
 * @param dts90k decoding time, 90 kHz ticks on the stream's timeline (on the publisher's clock before the live stream)
 * @param cts90k presentation time minus decoding time, 90 kHz ticks; may be negative
 * @param randomAccess whether decoding may start here; true for every audio frame
 * @param payload video: NAL units, each behind its 4-byte length; audio: the raw frame
 */
public record AccessUnit(int trackId, long dts90k, int cts90k, boolean randomAccess, Bytes payload)
        implements MediaEvent {
    public long pts90k() {
        return dts90k + cts90k;
    }

    public AccessUnit withDts90k(long newDts90k) {
        return new AccessUnit(trackId, newDts90k, cts90k, randomAccess, payload);
    }
}
