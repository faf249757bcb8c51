package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class PacketWriterTest {
    private static final PacketHeader BARE =
            new PacketHeader(Mode.INITIATOR, false, false, PacketHeader.ABSENT, PacketHeader.ABSENT);

    @Test
    void aPacketIsFilledToItsLimitAndNotBeyond() {
        PacketWriter writer = new PacketWriter(1_192).begin(BARE, 20);
        Ping nine = new Ping(Bytes.wrap(new byte[9]));
        assertTrue(writer.fits(nine));
        writer.add(nine);
        assertEquals(7, writer.remaining());
        assertTrue(writer.fits(7));
        assertFalse(writer.fits(8));
        assertThrows(IllegalArgumentException.class, () -> writer.add(new Ping(Bytes.wrap(new byte[5]))));
        writer.add(new Ping(Bytes.wrap(new byte[4])));
        assertEquals(20, writer.length());
    }

    @Test
    void anArrayServesOnePacketAfterTheOther() {
        PacketWriter writer = new PacketWriter(100).begin(BARE).add(new BufferProbe(300));
        assertEquals(Hex.bytes("01 180002 822c"), writer.packet());
        assertEquals(
                Hex.bytes("01 010000"),
                writer.begin(BARE).add(new Ping(Bytes.EMPTY)).packet());
        assertEquals(writer.packet(), Bytes.wrap(writer.array().clone(), writer.offset(), writer.length()));
    }

    @Test
    void theHeaderMayChangeItsMindInPlace() {
        PacketWriter writer = new PacketWriter(100)
                .begin(new PacketHeader(Mode.RESPONDER, false, false, 1, 2))
                .add(new BufferProbe(3))
                .amend(new PacketHeader(Mode.RESPONDER, true, true, 4, 5));
        assertEquals(Hex.bytes("ce 0004 0005 180001 03"), writer.packet());
    }

    @Test
    void overheadsAreWhatUserDataTakesBesidesItsData() {
        UserData data = new UserData(FragmentControl.WHOLE, false, false, 200, 1, 1, Chunks.OPTIONS, Bytes.of(1, 2));
        assertEquals(data.length() - 2, UserData.overhead(200, 1, 1, Chunks.OPTIONS));
        NextUserData next =
                NextUserData.after(data, FragmentControl.WHOLE, false, false, OptionList.EMPTY, Bytes.of(1, 2));
        assertEquals(next.length() - 2, NextUserData.overhead(OptionList.EMPTY));
    }

    @Test
    void signedParametersAreThePayloadInFrontOfTheSignature() {
        InitiatorInitialKeying initiator =
                new InitiatorInitialKeying(1, Bytes.of(2), Bytes.of(3), Bytes.wrap(new byte[200]), Bytes.of('X'));
        Bytes payload =
                new PacketWriter(1_000).begin(BARE).add(initiator).packet().slice(4);
        assertEquals(payload.slice(0, payload.length() - 1), initiator.signedParameters());
        ResponderInitialKeying responder = new ResponderInitialKeying(9, Bytes.of(8, 7), Bytes.of('X'));
        assertEquals(Hex.bytes("00000009 02 0807 55"), responder.signedParameters(Bytes.of(0x55)));
    }
}
