package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of one value leaves every other character of the file where it is. */
class DocumentEditTest {
    private static final String FILE =
            """
            # top
            rtmp: { listen: 0.0.0.0:1935 }   # encoders
            streams:
              # the hall
              live/townhall:
                key: file:x  # secret
                hls:         # about hls
                  window: 5  # five
                  # trailing
                multicast: none

              "live/*": {}
            # end
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{streams: {live/townhall: {hls: {window: 7}}}} | window: 5  # five | window: 7  # five",
                "{streams: {live/townhall: {multicast: {ttl: 3}}}} | multicast: none | multicast: { ttl: 3 }",
                "{streams: {\"live/*\": {linger: 3s}}} | \"live/*\": {} | \"live/*\": { linger: 3s }",
                "{rtmp: {listen: \"[::]:1935\"}} | listen: 0.0.0.0:1935 } | listen: \"[::]:1935\" }",
                "{rtmp: {idle-timeout: 9s}} | 0.0.0.0:1935 } | 0.0.0.0:1935, idle-timeout: 9s }",
                "{rtmp: {listen: null}} | { listen: 0.0.0.0:1935 } | {}",
                "{streams: {live/townhall: {key: default}}} | key: file:x  # | key: default  #",
            })
    void changesOneValue(String patch, String before, String after) {
        assertTrue(FILE.contains(before));
        assertEquals(FILE.replace(before, after), merge(FILE, patch));
    }

    @Test
    void addsAKeyBelowTheOthersOfItsSection() {
        assertEquals(
                FILE.replace("# five\n", "# five\n      segment: 2s\n"),
                merge(FILE, "{streams: {live/townhall: {hls: {segment: 2s}}}}"));
    }

    @Test
    void addsAStreamAndASectionThatWereNotThere() {
        assertEquals(
                FILE.replace("{}\n", "{}\n  live/new:\n    hls:\n      window: 3\nlog:\n  level: warn\n"),
                merge(FILE, "{streams: {live/new: {hls: {window: 3}}}, log: {level: warn}}"));
        assertEquals(FILE.replace("{}\n", "{}\n  live/b: {}\n"), merge(FILE, "{streams: {live/b: {}}}"));
    }

    @Test
    void takesAKeyOutAndLeavesTheCommentsOfOthers() {
        assertEquals(
                FILE.replace("    hls:         # about hls\n      window: 5  # five\n", ""),
                merge(FILE, "{streams: {live/townhall: {hls: null}}}"));
        assertEquals(FILE, merge(FILE, "{streams: {live/nobody: null}, log: null}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''|{a: {b: c}}|'a:~  b: c~'",
                "'# only~'|{a: [x, y]}|'# only~a: [x, y]~'",
                "'a:~b: 1'|{a: {c: 1}}|'a:~  c: 1~b: 1'",
                "'a:~- 1~- 2 # two~b: 1~'|{a: [3]}|'a:~  [3] # two~b: 1~'",
                "'a: |~  text~  more~b: 1~'|{a: x}|'a: x~b: 1~'",
                "'a: |~  text~  more~b: 1~'|{b: null}|'a: |~  text~  more~'",
                "'{a: 1, b: 2}'|{a: null, c: {d: 4}}|'{b: 2, c: { d: 4 }}'",
                "'---~a: 1~...~'|{b: 1}|'---~a: 1~b: 1~...~'",
                "'a: # why~b: 1~'|{a: 5}|'a: 5 # why~b: 1~'",
                "'\"x y\": 1~b: 2~'|{b: \"x: # y\"}|'\"x y\": 1~b: \"x: # y\"~'",
            })
    void keepsToHowTheFileIsWritten(String text, String patch, String result) {
        assertEquals(result.replace('~', '\n'), merge(text.replace('~', '\n'), patch));
    }

    @Test
    void keepsLineEndsAndCountsCharactersBeyondSixteenBits() {
        assertEquals("a:\r\n  b: 1\n  c: 2\r\n", merge("a:\r\n  b: 1\r\n", "{a: {c: 2}}"));
        assertEquals("\uD83D\uDE00: 1\nb: 3\n", merge("\uD83D\uDE00: 1\nb: 2\n", "{b: 3}"));
    }

    @Test
    void whatWouldChangeSomethingElseTooIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> merge("a: &x { q: 1 }\nb: *x\n", "{b: {q: 2}}"));
        assertTrue(String.valueOf(refused.getMessage()).contains("alias"), refused::toString);
    }

    @Test
    void everyKeyOfTheDocumentedFileCanBeChangedAlone() throws IOException {
        String text = Files.readString(Path.of("../systemd/samples/everything.yaml"));
        LoadedConfig all = new ConfigSource(java.util.Optional.empty(), List.of()).load(text);
        int changed = 0;
        for (ConfigPath path : all.values().keySet()) {
            String patch = "x";
            for (int i = path.length() - 1; i >= 0; i--) {
                patch = "{ " + YamlText.word(path.components().get(i)) + ": " + patch + " }";
            }
            String after = merge(text, patch);
            List<String> before = text.lines().toList();
            List<String> now = after.lines().toList();
            int common = 0;
            while (common < before.size() && before.get(common).equals(now.get(common))) {
                common++;
            }
            assertTrue(now.size() >= before.size() - 60 && common > 0, path::toString);
            changed++;
        }
        assertTrue(changed > 30, "keys " + changed);
    }

    private static String merge(String text, String patch) {
        return DocumentEdit.merge(text, DocumentEdit.tree(patch));
    }
}
