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
 * <p>Introductions, on loopback: two of its {@code tcconn} in their strict form met through our server, the second asking
 * for the fingerprint of the first ({@code -f}), and through two servers of ours that name each other; and it told of
 * NetConnection.Connect.Failed, and ended, where it showed no key, and connected with one in the place of a password.
 *
 * <p>{@code LANCASTER_LIBRTMFP} names the folder of librtmfp (787eb39, which decrypts with OpenSSL 3 only once its padding is
 * switched off). Two of its {@code TestClient} met through our server, and one played by peer ID what the other published
 * ({@code --p2pWrite}, {@code --peerId}); it told an address of IPv6 too, which led nowhere and did no harm.
 *
 * <p>Media between us and others are tested beside the classes that carry them, in {@code
 * lancaster.rtmfp.net.ForeignPeersInterop}, and players of a whole gateway in {@code
 * lancaster.interop.RtmfpPeersInterop}; what each of them needs, and was seen to do, stands there. These pairs ran in
 * November 2026:
 *
 * <ul>
 *   <li>rtmfp-cpp, strict: {@code tcpublish -4 -E -V 60 -A 60} publishes to us; we publish to {@code tcserver -B} and play
 *       from it; {@code tcrelay -i rtmp -o rtmfp -B} plays from us, for an ffmpeg behind it.
 *   <li>librtmfp: {@code TestClient --write} publishes to us and {@code TestClient --asyncread} plays from us.
 *   <li>MonaServer: we publish to it and play from it, alone and together with librtmfp's {@code TestClient --write}.
 *   <li>Ourselves, two gateways: {@code lancaster.interop.RtmfpInterop}.
 * </ul>
 */
@NullMarked
package lancaster.rtmfp.interop;

import org.jspecify.annotations.NullMarked;
