package lancaster.hdscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/** What another packager wrote into a folder, read with patience: it needs to keep to no more than players need. */
public record ForeignHds(List<Fragment> fragments) {
    /** A fragment by its entry and its tags. */
    public record Fragment(long number, long startMs, List<CheckedFragment.Tag> tags) {}

    public static ForeignHds read(Path folder) throws IOException {
        String manifest = Files.readString(folder.resolve("index.f4m"));
        assertTrue(manifest.contains("bootstrapInfo"), manifest);
        Bytes abst = Bytes.wrap(Files.readAllBytes(folder.resolve("stream0.abst")));
        int at = abst.length();
        for (int i = 0; i < abst.length() - 4; i++) {
            if (abst.slice(i, 4).equals(Bytes.of('a', 'f', 'r', 't'))) {
                at = i + 4;
            }
        }
        ByteReader in = new ByteReader(abst.slice(at), "afrt");
        in.skip(8);
        assertEquals(0, in.u8(), "QualityEntryCount");
        long count = in.u32();
        List<Fragment> fragments = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long number = in.u32();
            long startMs = in.i64();
            if (in.u32() == 0) {
                in.skip(1);
                continue;
            }
            Bytes file = Bytes.wrap(Files.readAllBytes(folder.resolve("stream0Seg1-Frag" + number)));
            fragments.add(new Fragment(number, startMs, CheckedFragment.tags(mediaData(file))));
        }
        return new ForeignHds(fragments);
    }

    /** What players look for in a fragment. */
    public static Bytes mediaData(Bytes fragment) {
        return FlatBox.all(fragment).stream()
                .filter(box -> box.type().equals("mdat"))
                .findFirst()
                .orElseThrow()
                .body();
    }
}
