package dev.skein.protocol.plan;

import java.util.List;

/**
 * What a framework runs around all migrations of one run. Every order to apply runs it, if it has a
 * migration to apply.
 *
 * @param before ahead of the first migration
 * @param after behind the last
 */
public record Hooks(List<Hook> before, List<Hook> after) {
    /** Copies the lists. */
    public Hooks {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * One script of that kind.
     *
     * @param name the file's name without its ending, such as {@code beforeMigrate}
     * @param step what is run
     */
    public record Hook(String name, Step step) {}
}
