package lancaster.isobmff;

import java.util.List;
import lancaster.kit.Hex;

/** Boxes as text: a line for each, its content in hex where it is short. */
final class BoxDump {
    private static final int SHOWN_BYTES = 160;

    private BoxDump() {}

    static String of(List<Box> boxes) {
        StringBuilder text = new StringBuilder();
        boxes.forEach(box -> append(text, box, ""));
        return text.toString();
    }

    private static void append(StringBuilder text, Box box, String indent) {
        text.append(indent).append(box.type()).append(' ').append(box.body().length() + 8);
        if (box.type().equals("mdat")) {
            text.append(String.format(" hash=%08x", box.body().hashCode()));
        } else if (box.children().isEmpty()) {
            int shown = Math.min(SHOWN_BYTES, box.body().length());
            text.append(' ').append(Hex.of(box.body().slice(0, shown)));
            text.append(shown < box.body().length() ? "…" : "");
        }
        text.append('\n');
        box.children().forEach(child -> append(text, child, indent + "  "));
    }

    static String of(Fragment fragment) {
        StringBuilder text = new StringBuilder("sequence " + fragment.sequenceNumber() + "\n");
        for (Fragment.Run run : fragment.runs()) {
            text.append("track ")
                    .append(run.trackId())
                    .append(" at ")
                    .append(run.decodeTime())
                    .append('\n');
            for (Fragment.Sample sample : run.samples()) {
                text.append(String.format(
                        "  +%d offset=%d flags=%08x %d bytes hash=%08x%n",
                        sample.duration(),
                        sample.compositionOffset(),
                        sample.flags(),
                        sample.payload().length(),
                        sample.payload().hashCode()));
            }
        }
        return text.toString();
    }
}
