package lancaster.rtmfp.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lancaster.kit.LoggedProgram;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.Protection;
import lancaster.rtmfp.net.Neighbourhood;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions with rtmfp-cpp, which requires HMAC and session sequence numbers where its options don't say otherwise. */
@Tag("interop")
class RtmfpCppInterop {
    private static final FlashSettings STRICT_PEER =
            FlashSettings.PEER.withHmac(Protection.REQUIRED, 16).withSequenceNumbers(Protection.REQUIRED);

    @TempDir
    Path folder;

    private Neighbourhood house;

    @BeforeEach
    void begin() {
        house = new Neighbourhood(folder);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of(FlashSettings.PEER, List.of()),
                Arguments.of(STRICT_PEER, List.of()),
                Arguments.of(FlashSettings.SERVER, List.of()),
                Arguments.of(FlashSettings.PEER.withGroups(DhGroup.MODP_2048, DhGroup.MODP_1024), List.of("-x")),
                Arguments.of(FlashSettings.PEER.withGroups(DhGroup.MODP_4096), List.of("-x")),
                Arguments.of(STRICT_PEER, List.of("-H", "-S")),
                Arguments.of(FlashSettings.PEER, List.of("-H")),
                Arguments.of(FlashSettings.PEER, List.of("-S")),
                Arguments.of(FlashSettings.PEER, List.of("-H", "-S")));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void itsServerTakesUsAsClient(FlashSettings settings, List<String> options) throws Exception {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Neighbourhood.freePort());
        List<String> command = new ArrayList<>(List.of("-B", "127.0.0.1:" + server.getPort()));
        command.addAll(options);
        LoggedProgram peer = house.rtmfpCpp("tcserver", command.toArray(String[]::new));
        try (NearEnd near = new NearEnd(settings)) {
            peer.await("\"run\"");
            near.connect(server);
            String answer = near.nextMessage();
            assertTrue(answer.contains("NetConnection.Connect.Success"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-H", "-S", "-H -S"})
    void itsClientTakesUsAsServer(String options) throws Exception {
        for (FlashSettings settings : List.of(
                FlashSettings.SERVER,
                FlashSettings.SERVER.withGroups(DhGroup.MODP_4096),
                FlashSettings.SERVER
                        .withGroups(DhGroup.MODP_1024)
                        .withHmac(Protection.REQUIRED, 32)
                        .withSequenceNumbers(Protection.REQUIRED))) {
            try (NearEnd near = new NearEnd(settings)) {
                List<String> command = new ArrayList<>(options.isEmpty() ? List.of() : List.of(options.split(" ", -1)));
                command.add("rtmfp://127.0.0.1:" + near.address().getPort() + "/live");
                LoggedProgram peer = house.rtmfpCpp("tcconn", command.toArray(String[]::new));
                String message = near.nextMessage();
                assertTrue(peer.isAlive());
                assertTrue(message.contains("connect") && message.contains("live"), message);
            }
        }
    }
}
