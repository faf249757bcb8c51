/**
 * RTMFP for those who embed it, in the words of the field: a {@link lancaster.netconnection.NetConnection} to a server, and
 * {@linkplain lancaster.netconnection.NetStream streams} through the server or directly between peers. What happens is
 * told as {@linkplain lancaster.netconnection.NetStatusEvent events} with the NetStatus codes that Flash had.
 *
 * <p>Nothing here has a socket, a thread or a clock: a connection is made with a {@link lancaster.runloop.RunLoop}, on
 * which all of it is called and calls back, and with an endpoint, which is handed datagrams and a place to send them.
 * {@code lancaster.net.Loops} and {@code lancaster.rtmfp.net.UdpInterface} are such, and so is a simulator.
 *
 * <p>Two clients meet at a server, and one plays from the other what no server carries:
 *
 * <pre>{@code
 * FlashIdentity identity = FlashIdentity.generate(FlashSettings.PEER, random);
 * Function<EndpointListener, RtmfpEndpoint> endpoint = listener -> {
 *     RtmfpEndpoint made = new RtmfpEndpoint(
 *             RtmfpSettings.DEFAULTS.withSilenceLimit(Duration.ofSeconds(20)),
 *             loop,
 *             socket,
 *             new FlashCryptoProfile(identity, random),
 *             crypto,
 *             random,
 *             listener);
 *     datagrams.accept(made::onDatagram);
 *     return made;
 * };
 * NetConnection connection =
 *         new NetConnection(NetConnectionSettings.DEFAULTS, loop, endpoint, event -> told.accept(event.code()));
 *
 * // Whoever publishes lets peers in, or doesn't.
 * DirectStream stage = connection.directStream(new NetStreamListener() {
 *     @Override
 *     public boolean onPeerConnect(Subscriber subscriber) {
 *         return invited.test(subscriber.farID());
 *     }
 * });
 * stage.publish("stage");
 * stage.send("@setDataFrame", new AmfValue.Str("onMetaData"), new AmfValue.Obj(AmfObject.EMPTY));
 *
 * // Whoever plays names the publisher, and gets what it appends.
 * NetConnection other =
 *         new NetConnection(NetConnectionSettings.DEFAULTS, loop, otherEndpoint, event -> told.accept(event.code()));
 * PeerStream seat = other.peerStream(connection.nearID(), new NetStreamListener() {
 *     @Override
 *     public void onNetStatus(NetStatusEvent event) {
 *         if (event.is(NetStatus.PLAY_START)) {
 *             stage.append(new FlvMessage(FlvMessage.AUDIO, 0, Bytes.of(0xAF, 1, 42)));
 *         }
 *     }
 *
 *     @Override
 *     public void onMedia(FlvMessage message) {
 *         played.accept(message);
 *     }
 * });
 * connection.connect("rtmfp://box/live", List.of(server));
 * other.connect("rtmfp://box/live", List.of(server));
 * loop.schedule(1_000_000_000, () -> seat.play("stage"));
 * }</pre>
 *
 * <p><b>Who is who.</b> {@code nearID} and {@code farID} are fingerprints of certificates, which a session proves; both
 * ends of a session see the same pair of nonces, near and far exchanged, so that who compares them by other means knows
 * that nobody is in between.
 *
 * <p><b>Through a server</b> a {@link lancaster.netconnection.ServerStream} publishes or plays, as over RTMP. <b>Between
 * peers</b> (RFC 7425 §5.1) there is no {@code connect}: whoever plays opens a session to the peer, introduced by the server
 * (RFC 7016 §3.5.1.4), a flow with a message stream ID above 2 000 000, and commands {@code play} there; the publisher
 * answers in flows of their own for commands, sound, pictures and data, in this order of priority. Sound and pictures that
 * are late are left out, and with a picture all that lean on it. Whoever isn't wanted has its flow rejected; as many peers
 * as {@code maxPeerConnections} says, 8 unless set, play or are played at a time.
 *
 * <p><b>Who vanishes</b> is reported when the time is over that the endpoint's {@code silenceLimit} grants for an answer,
 * counted from what was sent last, at the latest from the ping that follows after the keepalive period (10 s unless the
 * server says otherwise, RFC 7425 §5.3.4) without a packet. Who can't be reached is reported after {@code peerTimeout}.
 *
 * <p>Owner: the loop that a connection was made with.
 */
@NullMarked
package lancaster.netconnection;

import org.jspecify.annotations.NullMarked;
