package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.event.VersionProof;
import java.util.StringJoiner;

/** What was read of a database, in a sentence. */
final class FindingsText {
    private FindingsText() {}

    static String of(SurveyFindings findings) {
        StringJoiner text = new StringJoiner(", ");
        text.add(findings.version().map(version -> "at version " + version).orElse("no version"));
        text.add(findings.applied() + " migrations applied");
        add(text, findings.missingCount(), "missing");
        add(text, findings.differing().size(), "with another checksum");
        add(text, findings.unknown().size(), "not in the plan");
        add(text, findings.failed().size(), "failed");
        if (findings.lockStuck()) {
            text.add("its framework's lock is set");
        }
        findings.proof().map(VersionProof::summary).ifPresent(text::add);
        return text.toString();
    }

    private static void add(StringJoiner text, int count, String what) {
        if (count > 0) {
            text.add(count + " " + what);
        }
    }
}
