package lancaster.access.viewing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.access.KeySource;
import lancaster.kit.Requirement;
import lancaster.stream.StreamPath;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and signed addresses as portals make them: by jose4j, a library for JWT, and by openssl in a shell. */
class ForeignTokensTest {
    private static final StreamPath TOWNHALL = StreamPath.parse("live/townhall");
    private static final StreamPath LOBBY = StreamPath.parse("live/lobby");
    private static final long NOW_S = 1_800_000_000;
    /** Long enough for the longest HMAC. */
    private static final String SECRET = "0123456789abcdef".repeat(4);

    private static final String WRONG = "This doesn't open the stream: the signature is wrong.";
    private static final String FROM = "203.0.113.1";

    @TempDir
    Path folder;

    private ViewingSettings rule = rule(Optional.of(new KeySource.Literal(SECRET)), Optional.empty());
    private final ViewingGate gate =
            new ViewingGate(path -> rule, name -> null, () -> Instant.ofEpochSecond(NOW_S), () -> 0);

    @Test
    void aTokenOfALibraryOpensItsStreamUntilItExpires() throws Exception {
        Key secret = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        String good = signed("HS256", secret, claims());
        assertEquals("", reason(TOWNHALL, good));
        assertEquals("This doesn't open the stream: it doesn't name this stream.", reason(LOBBY, good));
        JwtClaims expired = claims();
        expired.setExpirationTime(NumericDate.fromSeconds(NOW_S - 60));
        assertEquals(
                "This doesn't open the stream: it has expired.", reason(TOWNHALL, signed("HS256", secret, expired)));
        JwtClaims early = claims();
        early.setNotBefore(NumericDate.fromSeconds(NOW_S + 60));
        assertEquals(
                "This doesn't open the stream: it isn't good yet.", reason(TOWNHALL, signed("HS256", secret, early)));
        JwtClaims forever = claims();
        forever.unsetClaim("exp");
        assertFalse(reason(TOWNHALL, signed("HS256", secret, forever)).isEmpty());
        assertEquals(WRONG, reason(TOWNHALL, signed("HS256", new HmacKey(new byte[64]), claims())));
        String[] parts = good.split("\\.", -1);
        String more = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("live/townhall", "live/lobby")
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(WRONG, reason(LOBBY, parts[0] + '.' + more + '.' + parts[2]));
    }

    @Test
    void issuerAndAudienceOfALibraryCount() throws Exception {
        rule = new ViewingSettings(
                false,
                List.of(),
                Optional.of(new KeySource.Literal(SECRET)),
                Optional.empty(),
                Optional.of("https://idp.example.com"),
                Optional.of("lancaster"),
                false);
        Key secret = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        JwtClaims claims = claims();
        claims.setIssuer("https://idp.example.com");
        claims.setAudience("lancaster");
        assertEquals("", reason(TOWNHALL, signed("HS256", secret, claims)));
        claims.setAudience("portal", "lancaster");
        assertEquals("", reason(TOWNHALL, signed("HS256", secret, claims)));
        claims.setAudience("portal");
        assertEquals(
                "This doesn't open the stream: it is for another audience.",
                reason(TOWNHALL, signed("HS256", secret, claims)));
        claims.setIssuer("https://evil.example.com");
        assertEquals(
                "This doesn't open the stream: it is of another issuer.",
                reason(TOWNHALL, signed("HS256", secret, claims)));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, , RS256, RS384 RS512 PS256",
        "EC, secp256r1, ES256, ''",
        "Ed25519, , EdDSA, ''",
    })
    void aPublicKeyOpensByItsOneAlgorithm(String kind, String curve, String algorithm, String others) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        KeyPair pair = generator.generateKeyPair();
        Path file = pem(pair.getPublic());
        rule = rule(Optional.empty(), Optional.of(file));
        assertEquals("", reason(TOWNHALL, signed(algorithm, pair.getPrivate(), claims())));
        KeyPair stranger = generator.generateKeyPair();
        assertEquals(WRONG, reason(TOWNHALL, signed(algorithm, stranger.getPrivate(), claims())));
        for (String other : others.isEmpty() ? new String[0] : others.split(" ", -1)) {
            assertEquals(WRONG, reason(TOWNHALL, signed(other, pair.getPrivate(), claims())), other);
        }
        // The public key taken for a secret, as it stands in the file and as it is.
        for (byte[] known : List.of(Files.readAllBytes(file), pair.getPublic().getEncoded())) {
            assertEquals(WRONG, reason(TOWNHALL, signed("HS256", new HmacKey(known), claims())));
        }
    }

    @ParameterizedTest
    @CsvSource({"HS384", "HS512"})
    void aSecretOpensByItsOneAlgorithm(String algorithm) throws Exception {
        Key secret = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        assertEquals(WRONG, reason(TOWNHALL, signed(algorithm, secret, claims())));
    }

    @Test
    void aTokenThatNobodySignedIsNone() throws Exception {
        JsonWebSignature unsigned = token("none", claims());
        unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        String text = unsigned.getCompactSerialization();
        assertTrue(text.endsWith("."), text);
        assertTrue(
                Ticket.of(Optional.of(text), Optional.empty(), Optional.empty()).isEmpty());
        String borrowed = signed("HS256", new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)), claims());
        assertEquals(WRONG, reason(TOWNHALL, text + borrowed.substring(borrowed.lastIndexOf('.') + 1)));
    }

    /** As the README tells portals to. */
    @Test
    void addressesAndTokensOfAShellOpenTheStream() throws Exception {
        Requirement.program("openssl");
        Requirement.program("basenc");
        String hmac = " | openssl dgst -sha256 -hmac \"$SECRET\" -binary | basenc --base64url -w0 | tr -d =";
        long until = NOW_S + 60;
        String sign = shell("printf 'live/townhall\\n" + until + "'" + hmac);
        assertEquals("", reason(TOWNHALL, address(until, sign)));
        assertEquals(WRONG, reason(LOBBY, address(until, sign)));
        assertEquals(WRONG, reason(TOWNHALL, address(until + 1, sign)));
        String old = shell("printf 'live/townhall\\n" + (NOW_S - 1) + "'" + hmac);
        assertEquals("This doesn't open the stream: it has expired.", reason(TOWNHALL, address(NOW_S - 1, old)));
        String token = shell("H=$(printf '{\"alg\":\"HS256\",\"typ\":\"JWT\"}' | basenc --base64url -w0 | tr -d =);"
                + " C=$(printf '{\"exp\":" + until + ",\"streams\":[\"live/*\"]}' | basenc --base64url -w0 | tr -d =);"
                + " printf %s.%s. $H $C; printf %s.%s $H $C" + hmac);
        assertEquals("", reason(TOWNHALL, token));
        assertEquals("", reason(LOBBY, token));
    }

    private static String shell(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().put("SECRET", SECRET);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), command);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static Optional<Ticket> address(long until, String sign) {
        return Ticket.of(Optional.empty(), Optional.of(Long.toString(until)), Optional.of(sign));
    }

    private String reason(StreamPath stream, String token) throws Exception {
        Optional<Ticket> ticket = Ticket.of(Optional.of(token), Optional.empty(), Optional.empty());
        assertTrue(ticket.isPresent(), token);
        return reason(stream, ticket);
    }

    private String reason(StreamPath stream, Optional<Ticket> ticket) throws Exception {
        Verdict verdict = gate.judge(stream, InetAddress.getByName(FROM), ticket);
        assertEquals(verdict.admitted(), verdict.reason().isEmpty());
        return verdict.reason();
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("anna");
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(NOW_S - 5));
        claims.setExpirationTime(NumericDate.fromSeconds(NOW_S + 60));
        claims.setStringListClaim("streams", "live/townhall");
        return claims;
    }

    private static String signed(String algorithm, Key key, JwtClaims claims) throws JoseException {
        JsonWebSignature token = token(algorithm, claims);
        token.setKey(key);
        return token.getCompactSerialization();
    }

    private static JsonWebSignature token(String algorithm, JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(algorithm);
        token.setHeader("typ", "JWT");
        token.setKeyIdHeaderValue("2026-11");
        token.setPayload(claims.toJson());
        token.setDoKeyValidation(false);
        return token;
    }

    private Path pem(PublicKey key) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    private static ViewingSettings rule(Optional<KeySource> secret, Optional<Path> publicKey) {
        return new ViewingSettings(false, List.of(), secret, publicKey, Optional.empty(), Optional.empty(), false);
    }
}
