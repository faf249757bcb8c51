/** The configuration by the API: beside the other routes, because the configuration knows the rooms that they lead to. */
@NullMarked
package lancaster.api.config;

import org.jspecify.annotations.NullMarked;
