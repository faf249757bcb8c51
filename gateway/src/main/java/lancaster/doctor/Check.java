package lancaster.doctor;

import java.util.List;

/** Looks at one side of a situation. */
interface Check {
    List<Finding> findings(Situation situation);
}
