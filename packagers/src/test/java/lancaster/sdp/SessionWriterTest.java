package lancaster.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import lancaster.sdp.MulticastSession.Version;
import org.junit.jupiter.api.Test;

class SessionWriterTest {
    private static final Version VERSION = new Version("10.0.0.5", 3_871_000_000L, 2);
    private static final Leg SSM = new Leg("232.10.1.7", 5004, Optional.of("10.0.0.5"), Optional.of(16));
    private static final Leg SECOND = new Leg("232.10.1.8", 5004, Optional.of("10.9.0.5"), Optional.of(16));
    private static final Leg IPV6 = new Leg("ff3e::8000:1", 5004, Optional.of("fd00::5"), Optional.of(16));

    private static MulticastSession session(Payload payload, Optional<Fec> fec, Leg... legs) {
        return new MulticastSession("live/townhall", payload, List.of(legs), fec, Optional.empty());
    }

    private static String text(MulticastSession session) {
        return SdpWriter.text(SessionWriter.describe(session, VERSION));
    }

    @Test
    void describesASourceSpecificSession() {
        assertEquals(
                """
                v=0
                o=- 3871000000 2 IN IP4 10.0.0.5
                s=live/townhall
                c=IN IP4 232.10.1.7/16
                t=0 0
                a=tool:Lancaster
                a=type:broadcast
                a=recvonly
                a=source-filter: incl IN IP4 232.10.1.7 10.0.0.5
                m=video 5004 RTP/AVP 33
                a=rtpmap:33 MP2T/90000
                """
                        .replace("\n", "\r\n"),
                text(session(Payload.RTP, Optional.empty(), SSM)));
    }

    @Test
    void describesIpv6WithoutTtl() {
        String text = text(session(Payload.RTP, Optional.empty(), IPV6));
        assertTrue(text.contains("c=IN IP6 ff3e::8000:1\r\n"), text);
        assertTrue(text.contains("a=source-filter: incl IN IP6 ff3e::8000:1 fd00::5\r\n"), text);
    }

    @Test
    void describesTheSecondLegAsADuplicate() {
        String text = text(session(Payload.RTP, Optional.empty(), SSM, SECOND));
        assertTrue(text.contains("a=group:DUP p s\r\n"), text);
        assertTrue(text.contains("s=live/townhall\r\nc=IN IP4 232.10.1.7/16\r\n"), text);
        String second =
                """
                a=mid:p
                m=video 5004 RTP/AVP 33
                c=IN IP4 232.10.1.8/16
                a=source-filter: incl IN IP4 232.10.1.8 10.9.0.5
                """;
        assertTrue(text.contains(second.replace("\n", "\r\n")), text);
        assertTrue(text.endsWith("a=mid:s\r\n"), text);
    }

    @Test
    void describesParityOnItsPorts() {
        String text = text(session(Payload.RTP, Optional.of(new Fec(2, Optional.of(4))), SSM));
        assertTrue(text.contains("a=group:FEC-FR p pc pr\r\n"), text);
        String column =
                """
                m=application 5006 RTP/AVP 96
                a=rtpmap:96 parityfec/90000
                a=mid:pc
                """;
        assertTrue(text.contains(column.replace("\n", "\r\n")), text);
        assertTrue(text.contains("m=application 5008 RTP/AVP 96\r\n"), text);
    }

    @Test
    void describesBareUdpAsItIsSeen() {
        String text = text(session(Payload.UDP, Optional.of(new Fec(2, Optional.empty())), SSM));
        assertTrue(text.contains("m=video 5004 udp 33\r\n"), text);
        assertTrue(!text.contains("parityfec"), "parity needs RTP");
    }

    @Test
    void readsWhatItWrites() {
        for (MulticastSession session : List.of(
                session(Payload.RTP, Optional.empty(), SSM),
                session(Payload.UDP, Optional.empty(), SSM),
                session(Payload.RTP, Optional.of(new Fec(2, Optional.empty())), SSM),
                session(Payload.RTP, Optional.of(new Fec(2, Optional.of(4))), SSM, SECOND),
                session(
                        Payload.RTP,
                        Optional.empty(),
                        SSM,
                        new Leg("232.10.1.7", 6004, Optional.of("10.9.0.5"), Optional.of(16))),
                new MulticastSession(
                        "a",
                        Payload.RTP,
                        List.of(new Leg("239.1.2.3", 1234, Optional.empty(), Optional.of(1))),
                        Optional.empty(),
                        Optional.of(8_500)))) {
            assertEquals(session, SessionReader.read(SdpReader.read(text(session))));
        }
    }

    @Test
    void aNameCantBeginLinesOfItsOwn() {
        MulticastSession session =
                new MulticastSession("x\r\na=evil\n", Payload.RTP, List.of(SSM), Optional.empty(), Optional.empty());
        assertTrue(text(session).contains("s=x  a=evil \r\n"));
    }

    @Test
    void aSessionWithoutANameHasADash() {
        MulticastSession session =
                new MulticastSession("", Payload.RTP, List.of(SSM), Optional.empty(), Optional.empty());
        assertTrue(text(session).contains("s=-\r\n"));
    }
}
