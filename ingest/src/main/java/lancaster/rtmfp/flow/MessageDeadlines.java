package lancaster.rtmfp.flow;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import lancaster.runloop.Alarm;
import lancaster.runloop.RunLoop;

/** Gives messages up that are not worth sending any more (RFC 7016 §3.6.2.7), at their time and not later. */
final class MessageDeadlines {
    private record Deadline(long atNs, OutgoingMessage message) {}

    private final RunLoop loop;
    private final Consumer<OutgoingMessage> abandon;
    private final Alarm alarm;
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Comparator.comparingLong(Deadline::atNs));

    MessageDeadlines(RunLoop loop, Consumer<OutgoingMessage> abandon) {
        this.loop = loop;
        this.abandon = abandon;
        this.alarm = new Alarm(loop, this::expire);
    }

    void watch(OutgoingMessage message) {
        long atNs = message.nextDeadlineNs();
        if (atNs != WriteOptions.NEVER) {
            deadlines.add(new Deadline(atNs, message));
            if (deadlines.element().atNs == atNs) {
                alarm.set(atNs);
            }
        }
    }

    void expire() {
        long nowNs = loop.nowNs();
        while (!deadlines.isEmpty() && deadlines.element().atNs <= nowNs) {
            Deadline passed = deadlines.remove();
            long atNs = passed.message.nextDeadlineNs();
            if (atNs <= nowNs) {
                abandon.accept(passed.message);
            } else {
                // Begun in time: now it is the time to finish by that counts.
                watch(passed.message);
            }
        }
        if (!deadlines.isEmpty()) {
            alarm.set(deadlines.element().atNs);
        }
    }

    void stop() {
        deadlines.clear();
        alarm.stop();
    }
}
