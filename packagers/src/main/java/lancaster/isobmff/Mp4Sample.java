package lancaster.isobmff;

import lancaster.bytes.Bytes;

/**
 * A sample of a fragment.
 *
 * @param track whose it is
 * @param dts90k from tfdt, 90 kHz
 * @param randomAccess whether it is a sync sample
 * @param data as the file has it
 */
public record Mp4Sample(Mp4Track track, long dts90k, long cts90k, long duration90k, boolean randomAccess, Bytes data) {}
