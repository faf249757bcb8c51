package lancaster.rtmp.session;

import lancaster.amf.AmfObject;

/** What a server says by {@code onStatus} or {@code _error}; its codes are not only ours. */
public record StatusReport(String code, boolean error, String description) {
    static StatusReport of(AmfObject information) {
        return new StatusReport(
                information.string("code").orElse(""),
                information.string("level").orElse("").equals("error"),
                information.string("description").orElse(""));
    }

    /** For people: the description, or the code where there is none. */
    @Override
    public String toString() {
        return description.isEmpty() ? code : code + ": " + description;
    }
}
