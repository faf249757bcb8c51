package lancaster.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which administrators and systemd tell a service to read its configuration again. Java has no public class
 * for signals; the one that every JDK has in its module jdk.unsupported is asked for by name.
 */
final class HangupSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /** From now on {@code task} runs at each SIGHUP, on a thread of the signal. */
    static void on(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handle = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    task.run();
                    return null;
                }
                return method.invoke(task, arguments);
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, handle);
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
            if (handler.getField("SIG_IGN").get(null).equals(before)) {
                LOG.info("SIGHUP is ignored, as whoever started this wanted; `lancaster reload` works all the same");
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("SIGHUP is not heard; `lancaster reload` works all the same cause=\"{}\"", e.toString());
        }
    }
}
