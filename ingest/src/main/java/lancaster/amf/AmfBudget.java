package lancaster.amf;

import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * What one message may cost, in the size it has once its references are resolved: values are trees, and a few bytes of
 * references to references would otherwise unfold to gigabytes for whoever walks them. A message within these limits
 * stays within them when its values are written and read again, as they came or in AMF0.
 */
final class AmfBudget {
    /** Objects and arrays inside each other. */
    static final int MAX_DEPTH = 32;
    /** Values, names of properties and class names in a message, those behind references included. */
    static final int MAX_VALUES = 65_536;
    /** Bytes of a string, XML document or byte array. */
    static final int MAX_STRING_BYTES = 256 * 1024;
    /** Bytes of the name of a property or class. */
    static final int MAX_NAME_BYTES = 4 * 1024;
    /** Names of properties in the traits of a message (AMF3 §3.12): they come before any value and may have none. */
    static final int MAX_TRAIT_NAMES = MAX_VALUES;
    /** Bytes of all strings and names in a message, those behind references included. */
    static final int MAX_TEXT_BYTES = 1024 * 1024;

    /** What a finished value costs each time it is referred to; {@code height} counts the levels inside it. */
    record Cost(int values, int textBytes, int height) {}

    /** Where an object or array began. */
    record Start(int values, int textBytes, int deepest) {}

    private final String where;
    private int values;
    private int textBytes;
    private int traitNames;
    private int depth;
    private int deepest;

    AmfBudget(String where) {
        this.where = where;
    }

    void value() {
        spend(1, 0);
    }

    void bytes(int count) {
        spend(0, checkLength(count, MAX_STRING_BYTES, "string"));
    }

    /** The length of a text before its bytes are read: what is longer than any may be isn't decoded first. */
    int announced(int bytes) {
        return checkLength(bytes, MAX_STRING_BYTES, "string");
    }

    void traitName() {
        traitNames++;
        if (traitNames > MAX_TRAIT_NAMES) {
            throw limit("more than " + MAX_TRAIT_NAMES + " names in traits");
        }
    }

    String text(AmfText text) {
        bytes(text.bytes());
        return text.value();
    }

    /** The empty name is free: it ends lists in one form of the same value and not in another. */
    String name(AmfText name) {
        spend(name.bytes() == 0 ? 0 : 1, checkLength(name.bytes(), MAX_NAME_BYTES, "name"));
        return name.value();
    }

    /** One level down; {@link #leave} goes up again. */
    Start enter() {
        Start start = new Start(values, textBytes, deepest);
        descend(1);
        depth++;
        deepest = depth;
        return start;
    }

    Cost leave(Start start) {
        Cost cost = new Cost(values - start.values(), textBytes - start.textBytes(), deepest - depth + 1);
        depth--;
        deepest = Math.max(deepest, start.deepest());
        return cost;
    }

    /** The value behind a reference, as if it stood here. */
    void again(Cost cost) {
        descend(cost.height());
        deepest = Math.max(deepest, depth + cost.height());
        spend(cost.values(), cost.textBytes());
    }

    private void descend(int levels) {
        if (depth + levels > MAX_DEPTH) {
            throw limit("nested deeper than " + MAX_DEPTH);
        }
    }

    private void spend(int moreValues, int moreTextBytes) {
        values += moreValues;
        textBytes += moreTextBytes;
        if (values > MAX_VALUES) {
            throw limit("more than " + MAX_VALUES + " values");
        }
        if (textBytes > MAX_TEXT_BYTES) {
            throw limit("more than " + MAX_TEXT_BYTES + " bytes of text");
        }
    }

    private int checkLength(int bytes, int limitBytes, String what) {
        if (bytes > limitBytes) {
            throw limit(what + " longer than " + limitBytes + " bytes");
        }
        return bytes;
    }

    private ProtocolException limit(String what) {
        return ProtocolException.limit(Scope.MESSAGE, where, what);
    }
}
