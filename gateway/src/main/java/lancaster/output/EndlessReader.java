package lancaster.output;

import lancaster.endless.Piece;

/** Who reads an endless file; called on the packaging loop and never waits there. */
public interface EndlessReader {
    void offer(Piece piece);

    /** Nothing more will come. */
    void end();
}
