package lancaster.hlscheck;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;

/** A playlist as lines (§4.1). */
final class PlaylistText {
    /** Line numbers count from 1. */
    record Line(int number, String text) {}

    private final String name;
    private final Findings findings;

    private PlaylistText(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    /** Checks the text as such and gives its lines that are not blank. */
    static List<Line> lines(String name, Bytes body, Findings findings) {
        return new PlaylistText(name, findings).lines(body);
    }

    private List<Line> lines(Bytes body) {
        String text = decode(body);
        if (text.startsWith("\uFEFF")) {
            findings.add(Rule.NO_BYTE_ORDER_MARK, name, "begins with U+FEFF");
            text = text.substring(1);
        }
        findings.check(Normalizer.isNormalized(text, Normalizer.Form.NFC), Rule.NORMALIZED, name, "is not NFC");
        findings.check(text.endsWith("\n"), Rule.LAST_LINE, name, "ends without a line end");
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            checkCharacters(number, line);
            String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (number == 1) {
                findings.check(bare.equals("#EXTM3U"), Rule.FIRST_LINE, where(1), "first line is \"" + bare + "\"");
            }
            if (!bare.isBlank()) {
                lines.add(new Line(number, bare));
            }
        }
        return lines;
    }

    private String decode(Bytes body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            findings.add(Rule.UTF_8, name, "can't be decoded");
            return new String(body.toArray(), StandardCharsets.ISO_8859_1).replaceAll("[\\x80-\\xFF]", "?");
        }
    }

    private void checkCharacters(int number, String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\r') {
                findings.check(i == line.length() - 1, Rule.LINE_ENDS, where(number), "a CR that no LF follows");
            } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
                findings.add(Rule.NO_CONTROL_CHARACTERS, where(number), String.format("U+%04X", (int) c));
            }
        }
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        boolean blanks = bare.startsWith(" ") || bare.endsWith(" ");
        findings.check(!blanks, Rule.NO_WHITE_SPACE, where(number), "white space at the edge of the line");
    }

    private String where(int number) {
        return name + ":" + number;
    }
}
