package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.netconnection.NetStatusEvent;
import lancaster.netconnection.NetStreamListener;
import lancaster.netconnection.Responder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls and data between our clients and an application of MonaServer, in both directions. */
@Tag("interop")
@Timeout(120)
class MonaInterop {
    /** Greets, adds, and tells whoever publishes what came of it. */
    private static final String APPLICATION =
            """
            function onConnection(client)
              client.writer:writeInvocation("greet", "good morning")
              function client:sum(a, b)
                return a + b
              end
              function client:onPublish(publication)
                function publication:onData(name, text)
                  client.writer:writeInvocation("saw", name, text)
                end
              end
            end
            """;

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

    private LoopbackClient connect(int port) throws Exception {
        return house.keep(new LoopbackClient(house.loops(), house.crypto())).connect(port);
    }

    @Test
    void itCallsAndIsCalledAndCarriesDataFromOneOfUsToTheOther() throws Exception {
        int port = Neighbourhood.freePort();
        house.mona(port, APPLICATION);
        LoopbackClient speaker = connect(port);
        LoopbackClient hearer = connect(port);
        assertEquals("greet[Str[value=good morning]]", speaker.nextCall());
        CompletableFuture<AmfValue> sum = new CompletableFuture<>();
        speaker.on(its -> its.call(
                "sum",
                new Responder() {
                    @Override
                    public void onResult(AmfValue result) {
                        sum.complete(result);
                    }

                    @Override
                    public void onStatus(AmfObject info) {
                        sum.completeExceptionally(new AssertionError(info.toString()));
                    }
                },
                new AmfValue.Num(40),
                new AmfValue.Num(2)));
        assertEquals(new AmfValue.Num(42), sum.get(60, TimeUnit.SECONDS));

        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> plays = new CompletableFuture<>();
        hearer.on(its -> its.stream(new NetStreamListener() {
                    @Override
                    public void onNetStatus(NetStatusEvent event) {
                        if (event.code().equals("NetStream.Play.Start")) {
                            plays.complete(true);
                        }
                    }

                    @Override
                    public void onData(String handler, List<AmfValue> values) {
                        heard.add(handler + values);
                    }
                })
                .play("talk"));
        plays.get(60, TimeUnit.SECONDS);
        speaker.on(its -> {
            var talk = its.stream(NetStreamListener.NONE);
            talk.publish("talk");
            talk.send("say", new AmfValue.Str("hello"));
        });
        assertEquals("saw[Str[value=say], Str[value=hello]]", speaker.nextCall());
        String first = heard.poll(60, TimeUnit.SECONDS);
        while (first != null && !first.startsWith("say")) {
            first = heard.poll(60, TimeUnit.SECONDS);
        }
        assertEquals("say[Str[value=hello]]", first);
    }
}
