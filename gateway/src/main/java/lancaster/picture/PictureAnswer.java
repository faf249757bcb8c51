package lancaster.picture;

import lancaster.bytes.Bytes;

/** What is answered to who asks for a picture of a stream. */
public sealed interface PictureAnswer {
    /**
     * @param jpeg a JPEG file
     * @param etag strong entity tag, quoted
     */
    record Jpeg(Bytes jpeg, String etag) implements PictureAnswer {}

    /** There is none, and why: a clause for people. */
    record None(String reason) implements PictureAnswer {}

    /** Too many are waiting already; later there may be one. */
    record Busy() implements PictureAnswer {}
}
