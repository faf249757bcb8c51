package lancaster.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;

/**
 * One block of a PEM text (RFC 7468); what stands around blocks doesn't count.
 *
 * @param label such as {@code CERTIFICATE}
 */
record PemBlock(String label, Bytes der) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]{0,200000})-----END \\1-----");

    static List<PemBlock> parse(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String body = block.group(2);
            int headersEnd = body.contains("Proc-Type:") ? -1 : 0;
            byte[] der = headersEnd < 0 ? new byte[0] : Base64.getMimeDecoder().decode(body);
            blocks.add(new PemBlock(headersEnd < 0 ? "ENCRYPTED " + block.group(1) : block.group(1), Bytes.wrap(der)));
        }
        return blocks;
    }
}
