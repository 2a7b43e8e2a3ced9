package dev.skein.ops.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.codec.Json;
import java.util.stream.Collectors;

/** A report as pipelines show it beside the lines of a change. */
public final class LintAnnotations {
    private LintAnnotations() {}

    /**
     * A line a finding, as GitHub's workflow commands are written.
     *
     * @param directory that the files are relative to, as it is to be written before them
     */
    public static String github(LintReport report, String directory) {
        return report.findings().stream()
                .map(each -> github(each, directory))
                .collect(Collectors.joining("\n"));
    }

    private static String github(Finding finding, String directory) {
        return "::%s file=%s,line=%d,title=%s::%s"
                .formatted(
                        finding.severity().label(),
                        property(directory + finding.file()),
                        finding.line().orElse(1),
                        property(finding.rule().id()),
                        data(text(finding)));
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    private static String text(Finding finding) {
        return finding.object()
                + ": "
                + finding.message()
                + finding.remedy().map(each -> ". The safe way: " + each).orElse("");
    }

    /** As GitLab's report of code quality. */
    public static ArrayNode gitlab(LintReport report, String directory) {
        ArrayNode all = Json.mapper().createArrayNode();
        report.findings().forEach(each -> gitlab(all.addObject(), each, directory));
        return all;
    }

    private static void gitlab(ObjectNode json, Finding finding, String directory) {
        json.put("description", text(finding)).put("check_name", finding.rule().id());
        json.put(
                "fingerprint",
                Sha256.hex(
                        String.join(
                                "\n",
                                finding.rule().id(),
                                finding.migration(),
                                finding.object(),
                                finding.statement())));
        json.put(
                "severity",
                switch (finding.severity()) {
                    case ERROR -> "critical";
                    case WARNING -> "major";
                    case NOTICE -> "info";
                });
        ObjectNode location = json.putObject("location");
        location.put("path", directory + finding.file());
        location.putObject("lines").put("begin", finding.line().orElse(1));
    }
}
