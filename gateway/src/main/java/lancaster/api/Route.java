package lancaster.api;

import lancaster.access.Role;

/**
 * One operation of the API.
 *
 * @param method in capitals; GET answers HEAD too
 * @param template such as {@code /api/v1/streams/{stream...}/publication}: {@code {x}} is one component of the path,
 *     {@code {x...}} the path of a stream, which has two or more
 * @param needs the least role that may do it
 * @param summary what it does, for people
 */
public record Route(String method, String template, Role needs, String summary, Handler handler) {
    private static final String MANY = "...}";

    /** The template as OpenAPI writes it. */
    public String openApiPath() {
        return template.replace(MANY, "}");
    }
}
