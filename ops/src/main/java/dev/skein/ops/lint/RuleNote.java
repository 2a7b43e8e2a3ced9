package dev.skein.ops.lint;

/**
 * What is to be said of a rule itself.
 *
 * @param id in kebab case; the name of its page, and of what suppresses it
 * @param severity of its findings, unless one of them says another
 * @param title what it looks for, in one line
 */
public record RuleNote(String id, Severity severity, Hazard hazard, String title) {}
