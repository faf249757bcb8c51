package lancaster.api;

import java.util.List;

/** The operations of one resource. */
public interface Routes {
    List<Route> routes();
}
