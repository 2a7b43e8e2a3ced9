package dev.skein.ops.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.Json;

/** A report as SARIF 2.1.0 (OASIS), which code hosts show beside the lines. */
public final class LintSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private LintSarif() {}

    /**
     * @param directory that the files are relative to, as it is to be written before them
     */
    public static ObjectNode of(LintReport report, RuleBook rules, String directory) {
        ObjectNode sarif = Json.mapper().createObjectNode();
        sarif.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = sarif.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "skein");
        ArrayNode described = driver.putArray("rules");
        rules.rules().forEach(each -> describe(described.addObject(), each.note()));
        ArrayNode results = run.putArray("results");
        report.findings().forEach(each -> result(results.addObject(), each, directory));
        return sarif;
    }

    private static void describe(ObjectNode json, RuleNote note) {
        json.put("id", note.id());
        json.putObject("shortDescription").put("text", note.title());
        json.putObject("defaultConfiguration").put("level", level(note.severity()));
    }

    private static void result(ObjectNode json, Finding finding, String directory) {
        json.put("ruleId", finding.rule().id());
        json.put("level", level(finding.severity()));
        json.putObject("message")
                .put(
                        "text",
                        finding.object()
                                + ": "
                                + finding.message()
                                + finding.remedy()
                                        .map(each -> ". The safe way: " + each)
                                        .orElse(""));
        ObjectNode place = json.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", directory + finding.file());
        place.putObject("region").put("startLine", finding.line().orElse(1));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTICE -> "note";
        };
    }
}
