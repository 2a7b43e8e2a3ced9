package dev.skein.ops.lint;

import dev.skein.protocol.Labelled;

/** How much a finding matters; the worst comes first. */
public enum Severity implements Labelled {
    /** It fails, or blocks others for as long as the table is large. */
    ERROR("error"),

    /** It loses data, breaks applications that run, or blocks others for a moment. */
    WARNING("warning"),

    /** Worth to know. */
    NOTICE("notice");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it is this bad or worse. */
    public boolean reaches(Severity bound) {
        return compareTo(bound) <= 0;
    }
}
