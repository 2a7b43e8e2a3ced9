package dev.skein.ops.lint;

import java.util.Optional;

/**
 * A person's word that findings of a rule are meant.
 *
 * @param migration the key of the only one it is for; absent where it is for all
 * @param place where it is written, for a message
 * @param because a person's reason
 */
public record Suppression(String rule, Optional<String> migration, String place, String because) {
    boolean covers(Finding finding) {
        return finding.rule().id().equals(rule)
                && migration.filter(each -> !each.equals(finding.migration())).isEmpty();
    }

    String describe() {
        return place
                + ": "
                + rule
                + migration.map(each -> " in migration " + each).orElse("")
                + " because "
                + because;
    }
}
