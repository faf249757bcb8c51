package lancaster.access.viewing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * A JSON web token taken apart (RFC 7519; RFC 7515 §3.1, compact). Nothing in it is believed before its signature is
 * checked, and the algorithm that it names only chooses among the keys that are there (RFC 8725 §3.1).
 *
 * @param algorithm as its header says
 * @param signed what the signature is over
 */
record WebToken(String algorithm, String signed, Bytes signature, JsonNode payload) {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_LIST = 64;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Empty if it isn't one that could be good here. */
    static Optional<WebToken> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || text.length() > Ticket.MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        try {
            JsonNode header = object(parts[0]);
            // Extensions that must be understood, of which none is (RFC 7515 §4.1.11).
            if (header.has("crit") || !header.path("alg").isTextual()) {
                return Optional.empty();
            }
            return Optional.of(new WebToken(
                    header.path("alg").asText(),
                    parts[0] + '.' + parts[1],
                    Bytes.wrap(Base64.getUrlDecoder().decode(parts[2])),
                    object(parts[1])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode object(String part) throws IOException {
        JsonNode node = JSON.readTree(Base64.getUrlDecoder().decode(part));
        if (node == null || !node.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        return node;
    }

    /** Empty where it lacks its end or the streams that it is for: no token is good for ever, or for everything. */
    Optional<TokenClaims> claims() {
        JsonNode expires = payload.path("exp");
        JsonNode notBefore = payload.path("nbf");
        List<String> streams = texts(payload.path("streams"));
        boolean timed = expires.isNumber() && (notBefore.isMissingNode() || notBefore.isNumber());
        if (!timed || streams.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenClaims(
                expires.asLong(),
                notBefore.asLong(),
                payload.path("iss").asText(),
                texts(payload.path("aud")),
                streams));
    }

    /** A text, or a list of them (RFC 7519 §4.1.3). */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        if (node.isArray() && node.size() <= MAX_LIST) {
            node.forEach(item -> {
                if (item.isTextual()) {
                    texts.add(item.asText());
                }
            });
        }
        return texts;
    }

    @Override
    public String toString() {
        return "WebToken[" + algorithm + ']';
    }
}
