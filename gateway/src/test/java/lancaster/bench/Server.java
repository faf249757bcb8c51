package lancaster.bench;

/** A server under load. */
interface Server extends AutoCloseable {

    /** How its streams are treated. */
    enum Treatment {
        INGEST,
        TS,
        TS_AND_FMP4
    }

    long pid();

    int rtmpPort();

    int httpPort();

    /** Where to publish so that the stream is treated like that. */
    default String app(Treatment treatment) {
        return switch (treatment) {
            case INGEST -> "ingest";
            case TS -> "ts";
            case TS_AND_FMP4 -> "both";
        };
    }

    /** The path of the media playlist of TS segments. */
    String playlist(String app, String stream);

    @Override
    void close();
}
