package lancaster.app;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody caught is logged and counted; the loop that it happened on goes on. */
public final class UncaughtHandler implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtHandler.class);
    /** A mistake that repeats itself must not fill the disk: from here on only every so many are logged. */
    private static final long LOGGED_FULLY = 100;

    private final AtomicLong count = new AtomicLong();

    private UncaughtHandler() {}

    /** For all threads of the process. */
    public static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtHandler());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        long number = count.incrementAndGet();
        if (number <= LOGGED_FULLY || number % LOGGED_FULLY == 0) {
            LOG.error("uncaught thread={} number={}", thread.getName(), number, thrown);
        }
    }
}
