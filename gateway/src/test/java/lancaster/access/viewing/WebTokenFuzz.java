package lancaster.access.viewing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lancaster.access.KeySource;
import lancaster.stream.StreamPath;

/** Any text is a ticket or not, and none opens a stream without its secret. */
class WebTokenFuzz {
    private static final StreamPath STREAM = StreamPath.parse("live/townhall");
    private static final ViewingSettings RULE = new ViewingSettings(
            false,
            List.of(),
            Optional.of(new KeySource.Literal("an utterly unguessable secret text")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    private static final ViewingGate GATE =
            new ViewingGate(path -> RULE, name -> null, () -> Instant.ofEpochSecond(1), () -> 0);

    @FuzzTest(maxDuration = "1m")
    void judge(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<Ticket> ticket = Ticket.of(Optional.of(text), Optional.empty(), Optional.empty());
        if (ticket.isPresent() && !ticket.get().query().matches("token=[A-Za-z0-9._-]+")) {
            throw new AssertionError("this would break a playlist");
        }
        if (GATE.judge(STREAM, InetAddress.getLoopbackAddress(), ticket).admitted()) {
            throw new AssertionError("admitted");
        }
        WebToken.parse(text).flatMap(WebToken::claims).ifPresent(claims -> claims.problem(RULE, STREAM, 1));
    }
}
