package lancaster.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import org.junit.jupiter.api.Test;

class SdpReaderTest {
    private static MulticastSession session(String... lines) {
        return SessionReader.read(SdpReader.read("v=0\n" + String.join("\n", lines)));
    }

    private static String refused(String text) {
        return assertThrows(ProtocolException.class, () -> SdpReader.read(text)).getMessage();
    }

    private static String notOurs(String... lines) {
        return assertThrows(ProtocolException.class, () -> session(lines)).getMessage();
    }

    @Test
    void readsWhatFfmpegWrites() {
        MulticastSession session = session(
                "o=- 0 0 IN IP4 127.0.0.1",
                "s=No Name",
                "c=IN IP4 239.1.2.3/8",
                "t=0 0",
                "a=tool:libavformat LIBAVFORMAT_VERSION",
                "m=video 5004 RTP/AVP 33",
                "b=AS:200");
        assertEquals(List.of(new Leg("239.1.2.3", 5004, Optional.empty(), Optional.of(8))), session.legs());
        assertEquals("No Name", session.name());
        assertEquals(Optional.of(200), session.kbitPerS());
    }

    @Test
    void readsADynamicPayloadTypeByItsName() {
        assertEquals(
                Payload.RTP,
                session("c=IN IP4 239.1.2.3", "m=video 5004 RTP/AVP 96", "a=rtpmap:96 mp2t/90000")
                        .payload());
    }

    @Test
    void readsBareUdpInAnySpelling() {
        for (String form : List.of("udp 33", "UDP mp2t", "udp mpegts", "MP2T/H2221/UDP 33")) {
            assertEquals(
                    Payload.UDP,
                    session("c=IN IP4 239.1.2.3", "m=video 5004 " + form).payload());
        }
    }

    @Test
    void takesTheFilterThatIsForTheGroup() {
        String[] lines = {
            "c=IN IP4 232.1.1.1/3",
            "a=source-filter: incl IN IP4 232.9.9.9 10.0.0.1",
            "a=source-filter:incl IN IP4 * 10.0.0.2 10.0.0.3",
            "m=video 5004 RTP/AVP 33"
        };
        assertEquals(Optional.of("10.0.0.2"), session(lines).legs().get(0).source());
    }

    @Test
    void theMediumsFilterStandsInPlaceOfTheSessions() {
        MulticastSession session = session(
                "c=IN IP4 232.1.1.1/3",
                "a=source-filter: incl IN IP4 232.1.1.1 10.0.0.1",
                "m=video 5004 RTP/AVP 33",
                "a=source-filter: incl IN IP4 232.1.1.1 10.0.0.2");
        assertEquals(Optional.of("10.0.0.2"), session.legs().get(0).source());
    }

    @Test
    void whoIsExcludedIsNoSource() {
        MulticastSession session = session(
                "c=IN IP4 239.1.1.1/3", "m=video 5004 RTP/AVP 33", "a=source-filter: excl IN IP4 239.1.1.1 10.0.0.2");
        assertEquals(Optional.empty(), session.legs().get(0).source());
    }

    @Test
    void twoStreamsAreOneOnlyInAGroup() {
        String[] plain = {"c=IN IP4 239.1.1.1/3", "m=video 5004 RTP/AVP 33", "m=video 6004 RTP/AVP 33"};
        assertEquals(1, session(plain).legs().size());
        String[] grouped = {
            "c=IN IP4 239.1.1.1/3",
            "a=group:DUP S2a S2b",
            "m=video 5004 RTP/AVP 33",
            "a=mid:S2a",
            "m=video 6004 RTP/AVP 33",
            "a=mid:S2b",
            "c=IN IP4 239.1.1.2/3"
        };
        assertEquals(
                List.of(
                        new Leg("239.1.1.1", 5004, Optional.empty(), Optional.of(3)),
                        new Leg("239.1.1.2", 6004, Optional.empty(), Optional.of(3))),
                session(grouped).legs());
    }

    @Test
    void findsParityByItsGroup() {
        MulticastSession session = session(
                "c=IN IP4 239.1.1.1/3",
                "a=group:FEC S1 R1",
                "m=video 5004 RTP/AVP 33",
                "a=mid:S1",
                "m=application 5006 RTP/AVP 96",
                "a=mid:R1");
        assertEquals(Optional.of(new Fec(2, Optional.empty())), session.fec());
    }

    @Test
    void saysWhatThereIsInsteadOfATransportStream() {
        assertTrue(notOurs("c=IN IP4 239.1.1.1/3", "m=audio 5004 RTP/AVP 97", "a=rtpmap:97 L24/48000/2")
                .contains("has no MPEG transport stream but audio RTP/AVP 97"));
        assertTrue(notOurs("s=x").contains("no media at all"));
        assertTrue(notOurs("m=video 5004 RTP/AVP 33").contains("has no address (c=)"));
        assertTrue(notOurs("c=IN IP4 239.1.1.1/3", "m=video 0 RTP/AVP 33").contains("has no MPEG"), "port 0: refused");
    }

    @Test
    void takesAnyLineEndBlankLinesAndAByteOrderMark() {
        for (String end : List.of("\r\n", "\n", "\r")) {
            SessionDescription session =
                    SdpReader.read("\uFEFFv=0" + end + end + "s= a name " + end + "c=IN IP4 239.1.1.1/3/2" + end);
            assertEquals("a name", session.name());
            assertEquals(2, session.connection().orElseThrow().count());
        }
    }

    @Test
    void skipsWhatItDoesNotKnow() {
        SessionDescription session = SdpReader.read(
                "v=0\nz=0\nk=clear:x\nq=?\nb=X-YZ:128\nb=nonsense\ni=about\nm=video 1 RTP/AVP 33\ni=medium");
        assertEquals(Optional.of("about"), session.information());
        assertEquals(1, session.bandwidths().size());
    }

    @Test
    void keepsAttributesWhereTheyStand() {
        SessionDescription session = SdpReader.read("v=0\na=recvonly\nm=video 1/2 RTP/AVP 33 34\na=mid:x\n");
        assertEquals(Optional.of(""), session.attribute("recvonly"));
        assertEquals(Optional.of("x"), session.media().get(0).attribute("mid"));
        assertEquals(List.of("33", "34"), session.media().get(0).formats());
        assertEquals(2, session.media().get(0).ports());
    }

    @Test
    void saysWhichLineIsWrong() {
        assertTrue(refused("").contains("there is nothing"));
        assertTrue(refused("<html>").contains("sdp line 1"));
        assertTrue(refused("v=0\ns=x\nc=IN IP4\n").contains("sdp line 3: needs c=IN IP4 ADDRESS"));
        assertTrue(refused("v=0\nc=IN IP4 239.1.1.1/256").contains("TTL \"256\""));
        assertTrue(refused("v=0\nc=IN ATM x").contains("not IN ATM"));
        assertTrue(refused("v=0\nm=video 65536 RTP/AVP 33").contains("port \"65536\""));
        assertTrue(refused("v=0\nm=video RTP/AVP 33").contains("needs m="));
        assertTrue(refused("v=0\nnonsense").contains("a letter"));
        assertTrue(refused("v=0\nt=0").contains("needs t="));
        assertTrue(refused("v=0\nt=0 99999999999999999999").contains("stop"));
    }

    @Test
    void refusesWhatIsTooLong() {
        assertTrue(refused("v=0\n" + "a=x\n".repeat(1_000)).contains("more than 1000 lines"));
        assertTrue(refused("v=0\n" + "m=video 1 RTP/AVP 33\n".repeat(33)).contains("more than 32 media"));
        assertThrows(ProtocolException.class, () -> SdpReader.read(Bytes.wrap(new byte[SdpReader.MAX_BYTES + 1])));
    }
}
