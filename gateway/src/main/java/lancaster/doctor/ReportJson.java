package lancaster.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A report for programs; the package documents it. */
public final class ReportJson {
    private static final JsonFactory JSON = new JsonFactory();
    /** Grows where a reader of the last one would misunderstand. */
    private static final int VERSION = 1;

    private ReportJson() {}

    public static String text(Report report) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            write(json, report);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** The members of a report. */
    public static void write(JsonGenerator json, Report report) throws IOException {
        json.writeNumberField("version", VERSION);
        json.writeStringField("means", report.means());
        json.writeNumberField("listenedSeconds", report.listenedNs() / 1e9);
        json.writeObjectFieldStart("counts");
        for (Verdict verdict : Verdict.values()) {
            json.writeNumberField(verdict.word(), report.count(verdict));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            write(json, finding);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("verdict", finding.verdict().word());
        json.writeStringField("check", finding.check());
        if (!finding.interfaceName().isEmpty()) {
            json.writeStringField("interface", finding.interfaceName());
        }
        json.writeStringField("message", finding.message());
        if (!finding.fix().isEmpty()) {
            json.writeStringField("fix", finding.fix());
        }
        json.writeEndObject();
    }
}
