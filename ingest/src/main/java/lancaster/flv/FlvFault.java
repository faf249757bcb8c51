package lancaster.flv;

/** What the demuxer survives, counted. */
public enum FlvFault {
    /** A tag that breaks its format or that no specification knows. */
    BAD_TAG,
    /** A track beside the first of its kind. */
    FURTHER_TRACK,
    /** A frame before the configuration of its track. */
    FRAME_WITHOUT_CONFIGURATION,
    /** A video frame without a slice of a picture, an audio frame without a byte. */
    EMPTY_FRAME,
    /** A composition time that can't be meant; taken as 0. */
    COMPOSITION_TIME,
    /** NAL units framed otherwise than their configuration says, or with empty units between them; framed anew. */
    NAL_FRAMING,
    /** A frame that says it is a key frame and isn't, or the other way round. */
    KEY_FLAG
}
