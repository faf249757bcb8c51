package lancaster.output;

import lancaster.stream.LiveStream;

/**
 * A live stream as files of one kind. Owner: the packaging loop.
 *
 * @param <S> its settings
 */
interface PackagedOutput<S> {
    LiveStream stream();

    /** What makes the files. */
    Packaging<S, ?> packaging();
}
