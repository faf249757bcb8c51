package lancaster.rtmfp.crypto;

/** Room for one packet on its way through a cipher, shared by all ciphers of a loop so that idle ones stay small. */
final class CipherScratch {
    private byte[] array = new byte[2_048];

    /** At least this long; what stands in it is of no use. */
    byte[] room(int length) {
        if (array.length < length) {
            array = new byte[Math.max(length, array.length * 2)];
        }
        return array;
    }
}
