package lancaster.rtmfp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Options in order (RFC 7016 §2.1.4), and the very bytes that they came in: fingerprints and keys are made of those. The
 * marker that ends a list belongs to the field that the list stands in.
 */
public final class OptionList {
    public static final OptionList EMPTY = new OptionList(Bytes.EMPTY, List.of());

    private final Bytes encoded;
    private final List<Option> options;

    private OptionList(Bytes encoded, List<Option> options) {
        this.encoded = encoded;
        this.options = options;
    }

    public static OptionList of(Option... options) {
        return of(List.of(options));
    }

    public static OptionList of(List<Option> options) {
        ByteWriter out = new ByteWriter();
        options.forEach(option -> option.write(out));
        return options.isEmpty() ? EMPTY : new OptionList(out.bytes(), List.copyOf(options));
    }

    /** The options of a whole field, up to a marker or else to its end. */
    public static OptionList parse(Bytes field) {
        PacketCursor in = new PacketCursor(field);
        return read(in, false);
    }

    /** Options that a marker has to end; the cursor then stands behind it. */
    static OptionList readMarked(PacketCursor in) {
        return read(in, true);
    }

    private static OptionList read(PacketCursor in, boolean marked) {
        int from = in.position();
        List<Option> options = new ArrayList<>(2);
        while (marked || in.hasRemaining()) {
            int before = in.position();
            Bytes payload = in.sized();
            if (payload.isEmpty()) {
                Bytes encoded = in.since(from).slice(0, before - from);
                return options.isEmpty() ? EMPTY : new OptionList(encoded, List.copyOf(options));
            }
            if (options.size() == RtmfpParameters.MAX_OPTIONS) {
                throw Reason.OPTIONS.exception();
            }
            PacketCursor option = new PacketCursor(payload);
            options.add(new Option(option.vlu(), option.rest()));
        }
        return options.isEmpty() ? EMPTY : new OptionList(in.since(from), List.copyOf(options));
    }

    /** Without a marker. */
    public Bytes encoded() {
        return encoded;
    }

    public List<Option> options() {
        return options;
    }

    public boolean isEmpty() {
        return options.isEmpty();
    }

    public boolean has(long type) {
        return value(type).isPresent();
    }

    /** That of the first option of this type. */
    public Optional<Bytes> value(long type) {
        for (Option option : options) {
            if (option.type() == type) {
                return Optional.of(option.value());
            }
        }
        return Optional.empty();
    }

    /** Those of all options of this type, in order. */
    public List<Bytes> values(long type) {
        return options.stream()
                .filter(option -> option.type() == type)
                .map(Option::value)
                .toList();
    }

    /** As they are written: the same options in other bytes are other options to a fingerprint. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OptionList that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return options.toString();
    }
}
