package lancaster.output;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import lancaster.fec.FecSettings;
import lancaster.multicast.AddressClaims.Claim;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputSettings.Payload;

/** Which ports of which groups an output sends to. */
public final class MulticastClaims {
    /** RTCP has the port behind RTP's (RFC 3550 §11). */
    public static final int RTCP_PORT_OFFSET = 1;

    private MulticastClaims() {}

    /** Of an output whose groups are known. */
    public static List<Claim> of(MulticastOutputSettings settings) {
        List<Claim> claims = new ArrayList<>();
        add(claims, settings, settings.leg(), "");
        settings.duplicate().ifPresent(copy -> add(claims, settings, copy, "copy's "));
        return claims;
    }

    private static void add(List<Claim> claims, MulticastOutputSettings settings, Leg leg, String whose) {
        leg.group()
                .ifPresent(group ->
                        add(claims, settings, group, leg.interfaceName().orElse(""), whose));
    }

    private static void add(
            List<Claim> claims, MulticastOutputSettings settings, MulticastGroup group, String by, String whose) {
        InetAddress address = group.address();
        claims.add(new Claim(address, group.port(), whose + "media", by));
        if (settings.payload() == Payload.UDP) {
            return;
        }
        claims.add(new Claim(address, group.port() + RTCP_PORT_OFFSET, whose + "RTCP", by));
        settings.fec().ifPresent(fec -> {
            claims.add(new Claim(address, group.port() + FecSettings.COLUMN_PORT_OFFSET, whose + "column FEC", by));
            if (fec.rowPackets()) {
                claims.add(new Claim(address, group.port() + FecSettings.ROW_PORT_OFFSET, whose + "row FEC", by));
            }
        });
    }
}
