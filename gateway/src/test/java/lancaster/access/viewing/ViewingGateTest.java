package lancaster.access.viewing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.access.KeyFile;
import lancaster.access.KeySource;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule by which all formats let viewers in. */
class ViewingGateTest {
    private static final StreamPath TOWNHALL = StreamPath.parse("live/townhall");
    private static final StreamPath LOBBY = StreamPath.parse("live/lobby");
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String CLAIMS = "{\"exp\":1800000060,\"streams\":[\"live/townhall\"]}";
    private static final Optional<Ticket> NONE = Optional.empty();

    @TempDir
    Path folder;

    private ViewingSettings rule = ViewingSettings.OPEN;
    private long nowNs;
    private final ViewingGate gate = new ViewingGate(path -> rule, name -> null, () -> NOW, () -> nowNs);

    @Test
    void anOpenStreamIsForEverybodyAndForCaches() {
        assertEquals(Verdict.OPEN, judge("203.0.113.1", NONE));
    }

    @Test
    void addressesLetInAndKeepOut() {
        rule = rule(Optional.empty(), Optional.empty(), false, "10.0.0.0/8", "2001:db8::/32");
        assertEquals(Verdict.BY_ADDRESS, judge("10.1.2.3", NONE));
        assertTrue(judge("2001:db8::7", NONE).admitted());
        assertFalse(judge("203.0.113.1", NONE).admitted());
        assertFalse(judge("203.0.113.1", token(hs256(SECRET, CLAIMS))).admitted());
    }

    @Test
    void aSignedAddressOpensItsStreamUntilItEnds() {
        rule = secret(false);
        String query = SignedAddress.query(SECRET, TOWNHALL, NOW.getEpochSecond());
        // As `printf 'live/townhall\n1800000000' | openssl dgst -sha256 -hmac SECRET -binary | basenc --base64url`
        // says.
        assertEquals("until=1800000000&sign=" + OPENSSL, query);
        assertTrue(judge("203.0.113.1", signed(query)).admitted());
        assertFalse(gate.judge(LOBBY, address("203.0.113.1"), signed(query)).admitted());
        assertFalse(judge("203.0.113.1", signed(query.replace("1800000000", "1800000001")))
                .admitted());
        String old = SignedAddress.query(SECRET, TOWNHALL, NOW.getEpochSecond() - 1);
        assertEquals(
                "This doesn't open the stream: it has expired.",
                judge("203.0.113.1", signed(old)).reason());
        String foreign = SignedAddress.query(SECRET + "x", TOWNHALL, NOW.getEpochSecond());
        assertFalse(judge("203.0.113.1", signed(foreign)).admitted());
    }

    private static final String OPENSSL = "na2ZxDQrgFyid7H_z8vTey3RQyeBj2uVlxXfZ4p19qs";

    @Test
    void addressOrTicketDoUnlessBothAreAskedFor() {
        Optional<Ticket> ticket = token(hs256(SECRET, CLAIMS));
        rule = rule(Optional.of(new KeySource.Literal(SECRET)), Optional.empty(), false, "10.0.0.0/8");
        assertTrue(judge("10.1.2.3", NONE).admitted());
        assertEquals(Verdict.BY_TICKET, judge("10.1.2.3", ticket), "what is shown counts first");
        assertEquals(Verdict.BY_TICKET, judge("203.0.113.1", ticket));
        assertFalse(judge("203.0.113.1", NONE).admitted());
        rule = rule(Optional.of(new KeySource.Literal(SECRET)), Optional.empty(), true, "10.0.0.0/8");
        assertFalse(judge("10.1.2.3", NONE).admitted());
        assertFalse(judge("203.0.113.1", ticket).admitted());
        assertTrue(judge("10.1.2.3", ticket).admitted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'exp':1800000060,'streams':'live/townhall'}; ",
                "{'exp':1800000060,'streams':['live/lobby','live/*']}; ",
                "{'exp':1799999980,'streams':'live/townhall'}; ",
                "{'exp':1799999960,'streams':'live/townhall'}; it has expired",
                "{'exp':1800000060,'nbf':1800000050,'streams':'live/townhall'}; it isn't good yet",
                "{'exp':1800000060,'streams':'live/lobby'}; it doesn't name this stream",
                "{'exp':1800000060,'streams':'*'}; it doesn't name this stream",
                "{'exp':1800000060,'streams':'live/townhall/x'}; it doesn't name this stream",
                "{'exp':1800000060}; it is no token with an end (exp) and streams",
                "{'streams':'live/townhall'}; it is no token with an end (exp) and streams",
                "{'exp':'1800000060','streams':'live/townhall'}; it is no token with an end (exp) and streams",
                "{'exp':1,'exp':1800000060,'streams':'live/townhall'}; it is no token with an end (exp) and streams",
            })
    void aTokenSaysWhatItIsFor(String claims, String problem) {
        rule = secret(false);
        Verdict verdict = judge("203.0.113.1", token(hs256(SECRET, claims.replace('\'', '"'))));
        String wanted = problem == null ? "" : "This doesn't open the stream: " + problem + '.';
        assertEquals(wanted, verdict.reason());
        assertEquals(problem == null, verdict.admitted());
    }

    @Test
    void issuerAndAudienceCountWhereTheyAreNamed() {
        rule = new ViewingSettings(
                false,
                List.of(),
                Optional.of(new KeySource.Literal(SECRET)),
                Optional.empty(),
                Optional.of("https://idp.example.com"),
                Optional.of("lancaster"),
                false);
        String both = CLAIMS.replace("}", ",\"iss\":\"https://idp.example.com\",\"aud\":[\"x\",\"lancaster\"]}");
        assertTrue(judge("203.0.113.1", token(hs256(SECRET, both))).admitted());
        assertFalse(judge("203.0.113.1", token(hs256(SECRET, both.replace("idp", "evil"))))
                .admitted());
        assertFalse(judge("203.0.113.1", token(hs256(SECRET, both.replace("lancaster", "other"))))
                .admitted());
        assertFalse(judge("203.0.113.1", token(hs256(SECRET, CLAIMS))).admitted());
    }

    @Test
    void keysOfOthersSignTokens() throws Exception {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        check(rsa.generateKeyPair(), "RS256", "SHA256withRSA");
        check(ec.generateKeyPair(), "ES256", "SHA256withECDSAinP1363Format");
        check(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "EdDSA", "Ed25519");
    }

    private void check(KeyPair pair, String algorithm, String signing) throws Exception {
        Path file = pem(algorithm, pair.getPublic());
        rule = rule(Optional.empty(), Optional.of(file), false);
        String good = signed(pair, algorithm, signing);
        assertEquals("", judge("203.0.113.1", token(good)).reason(), algorithm);
        assertEquals("", judge("203.0.113.1", token(good)).reason(), "from memory");
        String wrong = "This doesn't open the stream: the signature is wrong.";
        assertEquals(
                wrong,
                judge("203.0.113.1", token(good.substring(0, good.length() - 6) + "AAAAAA"))
                        .reason());
        assertEquals(
                wrong,
                judge("203.0.113.1", token(good.substring(0, good.lastIndexOf('.') + 1) + "AA"))
                        .reason());
        // The public key isn't a secret: whoever has it must not sign with it.
        String text = Files.readString(file);
        for (String secret : List.of(
                text,
                text.strip(),
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))) {
            assertEquals(
                    wrong, judge("203.0.113.1", token(hs256(secret, CLAIMS))).reason());
        }
        assertEquals(
                wrong,
                judge("203.0.113.1", token(signed(pair, "none", signing))).reason());
        assertEquals(
                wrong,
                judge("203.0.113.1", token(signed(pair, "RS512", signing))).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS512", "hs256", "RS256", ""})
    void aTokenOfAnotherAlgorithmOpensNothing(String algorithm) {
        rule = secret(false);
        String head = base64("{\"alg\":\"" + algorithm + "\"}") + '.' + base64(CLAIMS);
        String hmac = Base64.getUrlEncoder().withoutPadding().encodeToString(SignedAddress.hmac(SECRET, head));
        assertFalse(judge("203.0.113.1", token(head + '.' + hmac)).admitted());
        assertTrue(
                Ticket.of(Optional.of(head + '.'), Optional.empty(), Optional.empty())
                        .isEmpty(),
                "no signature");
    }

    @Test
    void extensionsThatMustBeUnderstoodArent() {
        rule = secret(false);
        String head = base64("{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}") + '.' + base64(CLAIMS);
        String hmac = Base64.getUrlEncoder().withoutPadding().encodeToString(SignedAddress.hmac(SECRET, head));
        assertFalse(judge("203.0.113.1", token(head + '.' + hmac)).admitted());
    }

    @Test
    void aSecretInAFileIsReplacedWithAGrace() throws IOException {
        Path file = folder.resolve("secret");
        String next = "f".repeat(32);
        new KeyFile(List.of(
                        new KeyFile.Key(next, Optional.empty()),
                        new KeyFile.Key(SECRET, Optional.of(NOW.plusSeconds(1)))))
                .write(file);
        rule = rule(Optional.of(new KeySource.InFile(file)), Optional.empty(), false);
        assertTrue(judge("203.0.113.1", token(hs256(SECRET, CLAIMS))).admitted());
        assertTrue(judge("203.0.113.1", token(hs256(next, CLAIMS))).admitted());
        new KeyFile(List.of(new KeyFile.Key(next, Optional.empty()), new KeyFile.Key(SECRET, Optional.of(NOW))))
                .write(file);
        assertFalse(judge("203.0.113.1", token(hs256(SECRET, CLAIMS))).admitted());
        assertEquals(Optional.of(next), gate.signingSecret(TOWNHALL));
        Files.writeString(file, "short\n");
        assertFalse(judge("203.0.113.1", token(hs256("short", CLAIMS))).admitted());
        Files.delete(file);
        assertFalse(judge("203.0.113.1", token(hs256(next, CLAIMS))).admitted());
    }

    @Test
    void whoGuessesSignaturesCostsNothingAfterAWhile() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        rule = rule(Optional.empty(), Optional.of(pem("ed", pair.getPublic())), false);
        String forged = signed(other, "EdDSA", "Ed25519");
        for (int i = 0; i < 60; i++) {
            assertFalse(judge("203.0.113.1", token(forged)).admitted());
        }
        String good = signed(pair, "EdDSA", "Ed25519");
        assertFalse(judge("203.0.113.1", token(good)).admitted(), "isn't looked at for now");
        assertTrue(judge("203.0.113.2", token(good)).admitted());
        assertTrue(judge("203.0.113.1", token(good)).admitted(), "known to be good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.b.c.d", "a b.c.d", "a.b.c\n", "a.b.c\"", "a.b.<c>", "é.b.c"})
    void whatWouldntFitAPlaylistIsNoTicket(String text) {
        assertTrue(
                Ticket.of(Optional.of(text), Optional.empty(), Optional.empty()).isEmpty());
        assertTrue(
                Ticket.of(Optional.empty(), Optional.of("1"), Optional.of(text)).isEmpty());
        assertTrue(Ticket.of(Optional.empty(), Optional.of(text), Optional.of("A".repeat(43)))
                .isEmpty());
    }

    private Verdict judge(String from, Optional<Ticket> ticket) {
        return gate.judge(TOWNHALL, address(from), ticket);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ViewingSettings secret(boolean all) {
        return rule(Optional.of(new KeySource.Literal(SECRET)), Optional.empty(), all);
    }

    private static ViewingSettings rule(
            Optional<KeySource> secret, Optional<Path> publicKey, boolean all, String... addresses) {
        List<AddressRange> ranges = java.util.Arrays.stream(addresses)
                .map(text -> AddressRange.parse(text).orElseThrow())
                .toList();
        return new ViewingSettings(false, ranges, secret, publicKey, Optional.empty(), Optional.empty(), all);
    }

    private static Optional<Ticket> token(String text) {
        return Ticket.of(Optional.of(text), Optional.empty(), Optional.empty());
    }

    private static Optional<Ticket> signed(String query) {
        String[] parts = query.split("[=&]", -1);
        return Ticket.of(Optional.empty(), Optional.of(parts[1]), Optional.of(parts[3]));
    }

    private static String hs256(String secret, String claims) {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + base64(claims);
        return head + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(SignedAddress.hmac(secret, head));
    }

    private static String signed(KeyPair pair, String algorithm, String signing) throws GeneralSecurityException {
        String head = base64("{\"alg\":\"" + algorithm + "\"}") + '.' + base64(CLAIMS);
        Signature signature = Signature.getInstance(signing);
        signature.initSign(pair.getPrivate());
        signature.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private Path pem(String name, PublicKey key) throws IOException {
        Path file = folder.resolve(name + ".pem");
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
