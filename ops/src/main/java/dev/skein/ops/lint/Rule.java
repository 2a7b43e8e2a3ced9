package dev.skein.ops.lint;

import java.util.List;

/** Looks for one hazard. Pure: any thread. */
public interface Rule {
    /** What the rule is. */
    RuleNote note();

    /** What it finds in a statement; empty where there is nothing to say. */
    List<Hit> check(LintedStatement statement);
}
