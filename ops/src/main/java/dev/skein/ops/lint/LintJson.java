package dev.skein.ops.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.Json;

/** A report as Skein's own JSON. */
public final class LintJson {
    private LintJson() {}

    /** All of it. */
    public static ObjectNode of(LintReport report) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("migrations", report.migrations()).put("out", report.out());
        ObjectNode classes = json.putObject("classes");
        report.classes().forEach((key, each) -> classes.put(key, each.label()));
        ObjectNode counts = json.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.label(), report.count(severity));
        }
        ArrayNode findings = json.putArray("findings");
        report.findings().forEach(each -> findings.add(of(each)));
        json.put("suppressed", report.suppressed());
        report.unused().forEach(json.putArray("unusedSuppressions")::add);
        report.unread().forEach(json.putArray("unread")::add);
        return json;
    }

    private static ObjectNode of(Finding finding) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("rule", finding.rule().id());
        json.put("severity", finding.severity().label());
        json.put("hazard", finding.rule().hazard().label());
        json.put("migration", finding.migration()).put("file", finding.file());
        finding.line().ifPresent(line -> json.put("line", line));
        json.put("number", finding.number()).put("statement", finding.statement());
        json.put("object", finding.object()).put("message", finding.message());
        finding.remedy().ifPresent(remedy -> json.put("remedy", remedy));
        return json;
    }
}
