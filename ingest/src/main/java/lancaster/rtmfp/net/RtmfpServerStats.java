package lancaster.rtmfp.net;

import lancaster.rendezvous.RendezvousStats;
import lancaster.rtmfp.session.EndpointStats;
import lancaster.rtmp.session.RtmpServerStats;

/**
 * What has happened on an RTMFP server since it started.
 *
 * @param connections as over TCP
 * @param endpoint datagrams, handshakes and sessions, as they were last looked at
 * @param introductions of peers, likewise
 */
public record RtmfpServerStats(
        RtmpServerStats connections, UdpStats socket, EndpointStats endpoint, RendezvousStats introductions) {}
