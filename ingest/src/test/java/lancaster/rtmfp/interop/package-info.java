/**
 * Sessions with implementations by others, which are built outside the repository and named by environment variables;
 * skipped where those aren't set.
 *
 * <p>{@code LANCASTER_RTMFP_CPP} names the folder of rtmfp-cpp's {@code tcserver} and {@code tcconn}, which require HMAC
 * and session sequence numbers unless told otherwise. Seen with its version of November 2025 and OpenSSL 3: it accepts us
 * as client with static keys in groups 2, 14 and 16 and with ephemeral ones, with its own keys ephemeral or static, in its
 * strict form and without HMAC, without sequence numbers or without both; and as server in groups 2, 14 and 16, whether
 * we require anything or it does. It takes 64-byte cookies, our order of options in components, and HMACs of 10 and 16
 * bytes.
 *
 * <p>Introductions ({@code IntroductionInterop}, loopback): two of its {@code tcconn} in their strict form met through our
 * server, the second asking for the fingerprint of the first ({@code -f}), and through two servers of ours that name each
 * other; it was told of NetConnection.Connect.Failed, and ended, where it showed no key, connected with one in the place of a
 * password, and found nobody by a fingerprint without one. It followed the server that sent it to another, always or because
 * it was full, and so did librtmfp.
 *
 * <p>{@code LANCASTER_LIBRTMFP} names the folder of librtmfp (787eb39, which decrypts with OpenSSL 3 only once its padding is
 * switched off). Two of its {@code TestClient} met through our server, and through two of them, and one played by peer ID
 * what the other published ({@code --p2pWrite}, {@code --peerId}); it told an address of IPv6 too, which led nowhere and did
 * no harm. Refused for want of a key it ends without a word: of that refusal it shows no more than that the session closes.
 *
 * <p>Media between us and others are tested beside the classes that carry them, in package {@code lancaster.rtmfp.net}, and
 * players of a whole gateway in {@code lancaster.interop}; what each of them needs, and was seen to do, stands there. These
 * pairs ran in November 2026, on loopback:
 *
 * <ul>
 *   <li>rtmfp-cpp, strict: {@code tcpublish -4 -E -V 60 -A 60} publishes to us; we publish to {@code tcserver -B} and play
 *       from it, found there ourselves or sent there by {@code redirector -n front -l box:secret}; {@code tcrelay -i rtmp
 *       -o rtmfp -B} plays from us, for an ffmpeg behind it and for a librtmp that pauses and leaves out sound or pictures
 *       ({@code PlayControlsInterop}); {@code tcconn -4} plays from us and prints the codes of beginning and end ({@code
 *       RtmfpPeersInterop}); {@code tcserver} introduces two of ours.
 *   <li>The same behind an address translator of ours ({@code MobilityInterop}): {@code tcpublish -L} published on in one
 *       session while its address changed three times, {@code tcconn} played on; stopped or killed, {@code tcpublish} was
 *       noticed by a keepalive of 1 s and a limit of silence of 2 s; the next client at the address of a killed one was
 *       served 4 s later.
 *   <li>librtmfp: {@code TestClient --write} publishes to us and {@code TestClient --asyncread} plays from us; it plays by
 *       peer ID from one of ours, and one of ours from it ({@code DirectPeersInterop}).
 *   <li>MonaServer: we publish to it and play from it, alone and together with librtmfp's {@code TestClient --write}; it
 *       introduces two of ours; an application in Lua calls us, is called, and gets and carries what {@code send} sends
 *       ({@code MonaInterop}).
 *   <li>Ourselves, two gateways: {@code lancaster.interop.RtmfpInterop}.
 * </ul>
 *
 * <p>Not shown by anybody else, since none of these can do it: a client that gives up a peer who can't be reached in our
 * time, {@code play2}, playing from several peers at once, and the directory of peers.
 */
@NullMarked
package lancaster.rtmfp.interop;

import org.jspecify.annotations.NullMarked;
