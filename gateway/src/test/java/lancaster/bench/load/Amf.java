package lancaster.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the AMF0 values of a command. */
final class Amf {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Amf command(String name, double transaction) {
        return new Amf().string(name).number(transaction);
    }

    Amf string(String value) {
        out.write(2);
        return bare(value);
    }

    Amf number(double value) {
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
        return this;
    }

    Amf nothing() {
        out.write(5);
        return this;
    }

    /** An object of strings: name, value, name, value. */
    Amf object(String... members) {
        out.write(3);
        for (int i = 0; i < members.length; i += 2) {
            bare(members[i]).string(members[i + 1]);
        }
        out.writeBytes(new byte[] {0, 0, 9});
        return this;
    }

    Amf raw(byte[] encoded) {
        out.writeBytes(encoded);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private Amf bare(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.write(utf8.length >> 8);
        out.write(utf8.length);
        out.writeBytes(utf8);
        return this;
    }
}
