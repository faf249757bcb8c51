package lancaster.amf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Named values in the order in which they were put; of two values with one name the later wins. Immutable. */
public final class AmfObject {
    public static final AmfObject EMPTY = builder().build();

    private final Map<String, AmfValue> properties;

    private AmfObject(Map<String, AmfValue> properties) {
        this.properties = properties;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The values by name, in order. */
    public Map<String, AmfValue> properties() {
        return properties;
    }

    public Optional<AmfValue> get(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** The text under {@code name}, if there is one. */
    public Optional<String> string(String name) {
        return get(name).flatMap(AmfValue::asString);
    }

    /** The number under {@code name}, if there is one. */
    public OptionalDouble number(String name) {
        return get(name).map(AmfValue::asNumber).orElse(OptionalDouble.empty());
    }

    /** The object or ECMA array under {@code name}, if there is one. */
    public Optional<AmfObject> object(String name) {
        return get(name).flatMap(AmfValue::asObject);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AmfObject that && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public String toString() {
        return properties.toString();
    }

    /** Collects properties in order. */
    public static final class Builder {
        private final Map<String, AmfValue> properties = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, AmfValue value) {
            properties.put(name, value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new AmfValue.Str(value));
        }

        public Builder put(String name, double value) {
            return put(name, new AmfValue.Num(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new AmfValue.Bool(value));
        }

        public AmfObject build() {
            return new AmfObject(Collections.unmodifiableMap(new LinkedHashMap<>(properties)));
        }
    }
}
