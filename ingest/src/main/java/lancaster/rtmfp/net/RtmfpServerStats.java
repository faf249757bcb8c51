package lancaster.rtmfp.net;

import java.util.List;
import lancaster.rendezvous.RendezvousStats;
import lancaster.rtmfp.session.EndpointStats;
import lancaster.rtmp.session.RtmpServerStats;

/**
 * What has happened on an RTMFP server since it started.
 *
 * @param connections as over TCP
 * @param endpoint datagrams, handshakes and sessions, as they were last looked at
 * @param introductions of peers, likewise
 * @param refusedClients connections that were refused, for where they came from and for want of a key
 * @param redirectedClients hellos that were answered with the addresses of other servers
 * @param partners the servers at which our clients find those of theirs
 */
public record RtmfpServerStats(
        RtmpServerStats connections,
        UdpStats socket,
        EndpointStats endpoint,
        RendezvousStats introductions,
        long refusedClients,
        long redirectedClients,
        List<PartnerStats> partners) {}
