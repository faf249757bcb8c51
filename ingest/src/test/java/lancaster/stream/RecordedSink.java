package lancaster.stream;

import java.util.ArrayList;
import java.util.List;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;

/** Keeps what a subscriber saw. */
final class RecordedSink implements MediaSink {
    final List<MediaEvent> events = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    int gapAccessUnits;
    int batches;

    @Override
    public void onEvent(MediaEvent event) {
        events.add(event);
    }

    @Override
    public void onGap(int accessUnits) {
        gapAccessUnits += accessUnits;
    }

    @Override
    public void onBatchEnd() {
        batches++;
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed.add(reason);
    }

    List<Mark> marks() {
        return of(Mark.class);
    }

    List<AccessUnit> units() {
        return of(AccessUnit.class);
    }

    private <T extends MediaEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
