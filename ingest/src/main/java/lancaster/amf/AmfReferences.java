package lancaster.amf;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import org.jspecify.annotations.Nullable;

/**
 * The table of objects that a message may refer to by index. An object takes its index when it begins, so a reference
 * to one that isn't finished is a cycle and is refused.
 */
final class AmfReferences {
    private record Referent(AmfValue value, AmfBudget.Cost cost) {}

    private final ByteReader in;
    private final AmfBudget budget;
    private final List<@Nullable Referent> table = new ArrayList<>();

    AmfReferences(ByteReader in, AmfBudget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** The index of an object that begins. */
    int begin() {
        table.add(null);
        return table.size() - 1;
    }

    void finish(int index, AmfValue value, AmfBudget.Cost cost) {
        table.set(index, new Referent(value, cost));
    }

    AmfValue resolve(int index) {
        if (index >= table.size()) {
            throw in.malformed("reference to object " + index + " of " + table.size());
        }
        Referent referent = table.get(index);
        if (referent == null) {
            throw in.malformed("object " + index + " contains itself");
        }
        budget.again(referent.cost());
        return referent.value();
    }
}
