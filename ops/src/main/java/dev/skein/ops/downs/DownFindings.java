package dev.skein.ops.downs;

import dev.skein.protocol.plan.Plan;
import java.util.List;

/**
 * The result of generating the downs that a plan lacks.
 *
 * @param plan with the downs that were generated
 * @param findings about every migration that had none, in the plan's order
 */
public record DownFindings(Plan plan, List<DownFinding> findings) {
    /** Copies the list. */
    public DownFindings {
        findings = List.copyOf(findings);
    }

    /** How many were generated. */
    public long generated() {
        return findings.stream().filter(DownFinding::isGenerated).count();
    }

    /** For a person: the count, and a line a migration that had no down. */
    public String describe() {
        if (findings.isEmpty()) {
            return "every migration has a down; none generated";
        }
        StringBuilder text = new StringBuilder();
        text.append(generated()).append(" of ").append(findings.size());
        text.append(" missing downs generated; review them with 'skein plan show --sql'");
        findings.forEach(each -> text.append("\n  ").append(each.describe()));
        return text.toString();
    }
}
