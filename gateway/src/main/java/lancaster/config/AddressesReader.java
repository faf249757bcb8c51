package lancaster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;

/** Reads lists of address ranges. */
final class AddressesReader {
    private static final String NONE = "none";
    private static final String RANGE = "range";

    private AddressesReader() {}

    /** One range or several; none at all where {@code key} isn't there, or says so. */
    static List<AddressRange> read(Section section, String key) {
        if (section.isWord(key, NONE)) {
            var unused = section.absent(key);
            return List.of();
        }
        List<AddressRange> ranges = new ArrayList<>();
        for (Section item : section.items(key, RANGE)) {
            Optional<AddressRange> range =
                    item.value(RANGE, Optional.empty(), AddressRange.FORM, AddressesReader::range, value -> "");
            range.ifPresent(ranges::add);
            item.finish();
        }
        return ranges;
    }

    /** Present if it is one, and then it is the value. */
    private static Optional<Optional<AddressRange>> range(String text) {
        Optional<AddressRange> range = AddressRange.parse(text);
        return range.isPresent() ? Optional.of(range) : Optional.empty();
    }
}
