package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever document and change come together, the result says what was wanted, or there is none. */
class DocumentEditFuzz {
    @FuzzTest
    void merge(byte[] input) {
        String all = new String(input, StandardCharsets.UTF_8);
        int cut = all.indexOf('\0');
        String text = cut < 0 ? all : all.substring(0, cut);
        String patch = cut < 0 ? "{a: {b: 1}, c: null}" : all.substring(cut + 1);
        try {
            Object changes = DocumentEdit.tree(patch);
            String changed = DocumentEdit.merge(text, changes);
            Object wanted = DocumentTree.merge(DocumentEdit.tree(text), changes);
            assertTrue(DocumentTree.same(wanted, DocumentEdit.tree(changed)));
            assertEquals(changed, DocumentEdit.merge(changed, Map.of()), "no change changes nothing");
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }
}
