package dev.skein.ops.lint;

import java.util.List;

/** The plan cannot be looked at as it was asked for; the message has a line a problem. */
public final class LintRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LintRefused(List<String> problems) {
        super(String.join("\n", problems));
    }
}
