package lancaster.output;

import lancaster.stream.LiveStream;

/**
 * A live stream as files of one kind. Owner: the packaging loop.
 *
 * @param <S> its settings
 */
interface PackagedOutput<S> {
    LiveStream stream();

    void start();

    /** From the next file on it goes out otherwise. */
    void change(S settings);

    /** Ends it as at the end of the stream: what is listed stays for its time. */
    void stop();

    boolean isStopped();
}
