package lancaster.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lancaster.bytes.Bytes;

/** JSON as the API writes and reads it. */
public final class Json {
    private static final int MAX_DEPTH = 32;
    private static final JsonFactory WRITER = new JsonFactory();
    private static final ObjectMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The members of an object. */
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    public static Bytes object(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    /**
     * The JSON object that a request holds; an empty one where it holds nothing.
     *
     * @throws ApiException where it is anything else
     */
    public static JsonNode read(Bytes body) {
        if (body.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            // JSON that is exchanged is UTF-8 (RFC 8259 §8.1); the parser would guess other encodings.
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(body.buffer()).toString();
            JsonNode node = READER.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (CharacterCodingException e) {
            throw ApiException.badRequest("The body isn't UTF-8.");
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("The body isn't JSON: " + e.getOriginalMessage());
        }
        throw ApiException.badRequest("The body isn't a JSON object.");
    }
}
