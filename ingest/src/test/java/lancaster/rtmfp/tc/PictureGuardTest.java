package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lancaster.kit.Hex;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;
import org.junit.jupiter.api.Test;

/** What is of use behind something that was given up. */
class PictureGuardTest {
    private static final RawMessage KEY = video("17 01 00 00 00 01");
    private static final RawMessage INTER = video("27 01 00 00 00 01");
    private static final RawMessage CONFIGURATION = video("17 00 00 00 00 01");
    private static final RawMessage SOUND = new RawMessage(MessageType.AUDIO, 1, 0, Hex.bytes("af 01 21"));

    private final PictureGuard guard = new PictureGuard();

    private static RawMessage video(String hex) {
        return new RawMessage(MessageType.VIDEO, 1, 0, Hex.bytes(hex));
    }

    @Test
    void picturesThatLackOneBeforeThemAreHeldBackUpToAKeyFrame() {
        assertTrue(guard.admits(INTER));
        guard.onGap();
        assertFalse(guard.admits(INTER));
        assertTrue(guard.admits(CONFIGURATION));
        assertFalse(guard.admits(INTER));
        assertTrue(guard.admits(KEY));
        assertTrue(guard.admits(INTER));
    }

    @Test
    void whatIsMissingInAFlowThatCarriesSoundMayBeSound() {
        assertTrue(guard.admits(SOUND));
        guard.onGap();
        assertTrue(guard.admits(INTER));
        assertTrue(guard.admits(SOUND));
    }
}
