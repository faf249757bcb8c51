package lancaster.picture;

import lancaster.bytes.Bytes;
import lancaster.media.CodecConfig.AvcConfig;

/**
 * A picture that stands alone.
 *
 * @param nalUnits each behind its 4-byte length
 */
record KeyFrame(AvcConfig config, Bytes nalUnits) {}
