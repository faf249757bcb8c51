package lancaster.http;

import java.util.List;
import lancaster.directory.DirectoryStats;
import lancaster.rtmfp.net.RtmfpServerStats;

/** What is said of RTMFP below its connections, and of the directory of its peers. */
final class RtmfpMetrics {
    static final List<Metric<RtmfpServerStats>> SESSIONS = List.of(
            new Metric<>("lancaster_rtmfp_sessions", "Sessions that are open or about to be", stats -> stats.endpoint()
                    .sessions()),
            new Metric<>("lancaster_rtmfp_opened_sessions_total", "Sessions that were opened", stats -> stats.endpoint()
                    .openedSessions()),
            new Metric<>("lancaster_rtmfp_sending_flows", "Flows by which is sent", stats -> stats.endpoint()
                    .flows()
                    .sending()),
            new Metric<>("lancaster_rtmfp_receiving_flows", "Flows by which is received", stats -> stats.endpoint()
                    .flows()
                    .receiving()),
            new Metric<>(
                    "lancaster_rtmfp_buffered_bytes",
                    "What has come and waits for what is missing before it",
                    stats -> stats.endpoint().bufferedBytes()),
            new Metric<>(
                    "lancaster_rtmfp_hellos_total",
                    "Beginnings of handshakes that were answered",
                    stats -> stats.endpoint().hellos()),
            new Metric<>(
                    "lancaster_rtmfp_bad_cookies_total",
                    "Handshakes with a cookie that was forged or had expired",
                    stats -> stats.endpoint().badCookies()),
            new Metric<>(
                    "lancaster_rtmfp_refused_handshakes_total",
                    "Handshakes past a limit, or not acceptable",
                    stats -> stats.endpoint().refusedHandshakes()),
            new Metric<>("lancaster_rtmfp_keyings", "Handshakes that are reckoned now", stats -> stats.endpoint()
                    .keyingsInWork()));

    static final List<Metric<RtmfpServerStats>> DATAGRAMS = List.of(
            new Metric<>("lancaster_rtmfp_received_datagrams_total", "Datagrams that came", stats -> stats.socket()
                    .receivedDatagrams()),
            new Metric<>("lancaster_rtmfp_received_bytes_total", "Bytes of datagrams that came", stats -> stats.socket()
                    .receivedBytes()),
            new Metric<>(
                    "lancaster_rtmfp_dropped_datagrams_total",
                    "Datagrams that came for no session, not authentic, or ill-formed",
                    stats -> stats.endpoint().droppedDatagrams()),
            new Metric<>("lancaster_rtmfp_sent_datagrams_total", "Datagrams that left", stats -> stats.socket()
                    .sentDatagrams()),
            new Metric<>("lancaster_rtmfp_sent_bytes_total", "Bytes of datagrams that left", stats -> stats.socket()
                    .sentBytes()),
            new Metric<>(
                    "lancaster_rtmfp_failed_datagrams_total", "Datagrams that did not leave", stats -> stats.socket()
                            .droppedDatagrams()),
            new Metric<>(
                    "lancaster_rtmfp_sent_fragments_total",
                    "Fragments of messages that were sent, some again",
                    stats -> stats.endpoint().flows().sentFragments()),
            new Metric<>(
                    "lancaster_rtmfp_lost_fragments_total",
                    "Fragments that were taken for lost",
                    stats -> stats.endpoint().flows().lostFragments()),
            new Metric<>(
                    "lancaster_rtmfp_timeouts_total",
                    "Times when all that was under way in a session was taken for lost",
                    stats -> stats.endpoint().flows().timeouts()),
            new Metric<>(
                    "lancaster_rtmfp_malformed_chunks_total",
                    "Chunks of sessions that were ignored",
                    stats -> stats.endpoint().flows().malformedChunks()));

    static final List<Metric<RtmfpServerStats>> INTRODUCTIONS = List.of(
            new Metric<>("lancaster_rtmfp_contacts", "Peers that can be found", stats -> stats.introductions()
                    .contacts()),
            new Metric<>("lancaster_rtmfp_lookups_total", "Lookups of peers by their ID", stats -> stats.introductions()
                    .lookups()),
            new Metric<>(
                    "lancaster_rtmfp_introductions_total",
                    "Peers that were told of each other",
                    stats -> stats.introductions().introductions()),
            new Metric<>(
                    "lancaster_rtmfp_passed_on_lookups_total",
                    "Lookups that were sent on to other servers",
                    stats -> stats.introductions().sentOn()),
            new Metric<>(
                    "lancaster_rtmfp_vouched_lookups_total",
                    "Lookups of other servers' clients that were answered",
                    stats -> stats.introductions().vouched()),
            new Metric<>(
                    "lancaster_rtmfp_unknown_lookups_total",
                    "Lookups of peers that nobody knows",
                    stats -> stats.introductions().unknown()),
            new Metric<>("lancaster_rtmfp_refused_lookups_total", "Lookups by strangers", stats -> stats.introductions()
                    .refused()),
            new Metric<>(
                    "lancaster_rtmfp_limited_lookups_total",
                    "Lookups by those who ask too often",
                    stats -> stats.introductions().limited()),
            new Metric<>(
                    "lancaster_rtmfp_malformed_lookups_total",
                    "Lookups that name no peer",
                    stats -> stats.introductions().malformed()),
            new Metric<>(
                    "lancaster_rtmfp_connected_peers",
                    "Other servers of rtmfp.peers that lookups are sent on to now",
                    stats -> stats.introductions().partners()),
            new Metric<>(
                    "lancaster_rtmfp_refused_clients_total",
                    "Connections refused for where they came from and for want of a key",
                    RtmfpServerStats::refusedClients),
            new Metric<>(
                    "lancaster_rtmfp_redirected_clients_total",
                    "Hellos that were answered with the addresses of other servers",
                    RtmfpServerStats::redirectedClients));

    static final List<Metric<DirectoryStats>> DIRECTORY = List.of(
            new Metric<>("lancaster_directory_names", "Names that peers are found under", DirectoryStats::names),
            new Metric<>("lancaster_directory_lookups_total", "Lookups of a name", DirectoryStats::lookups),
            new Metric<>(
                    "lancaster_directory_misses_total", "Lookups of names that nobody holds", DirectoryStats::misses));

    private RtmfpMetrics() {}
}
