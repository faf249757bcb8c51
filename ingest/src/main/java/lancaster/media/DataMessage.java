package lancaster.media;

import lancaster.bytes.Bytes;

/**
 * A data message such as {@code onMetaData}.
 *
 * @param dts90k its place in time, 90 kHz ticks
 * @param name the handler name, the first AMF0 string of the message
 * @param amf0 the AMF0 values behind the name, encoded
 */
public record DataMessage(long dts90k, String name, Bytes amf0) implements MediaEvent {}
