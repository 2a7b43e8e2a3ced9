package dev.skein.ops.lint;

import java.util.List;
import java.util.Optional;

/**
 * The rules by which a plan is looked at.
 *
 * @param rules in the order in which findings of one statement are told
 */
public record RuleBook(List<Rule> rules) {
    public RuleBook {
        rules = List.copyOf(rules);
    }

    Optional<Rule> named(String id) {
        return rules.stream().filter(each -> each.note().id().equals(id)).findFirst();
    }

    static String unknown(String id) {
        return "there is no rule '" + id + "'; 'skein plan lint --rules' lists them";
    }
}
