package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;
import java.util.List;

/**
 * Whether a database is at the version that a person has declared.
 *
 * @param version the declared one
 * @param reasons what differs, or why there is no proof; in words, the first few of them
 * @param unnamed how many more there are
 */
public record VersionProof(String version, Verdict verdict, List<String> reasons, int unnamed) {
    /** What is known of it. */
    public enum Verdict implements Labelled {
        /** The database's own ledger or version table says the same. */
        RECORDED("recorded"),
        /** Its schema is what the plan's rehearsal had at that version. */
        PROVEN("proven"),
        /** Nothing contradicts it, and nothing proves it. */
        UNPROVEN("unproven"),
        /** Its books or its schema say otherwise. */
        CONTRADICTED("contradicted");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    /** Copies the list. */
    public VersionProof {
        reasons = List.copyOf(reasons);
    }

    /** Whether the database may be taken to be at that version. */
    public boolean holds(DeclaredVersion declared) {
        return switch (verdict) {
            case RECORDED, PROVEN -> true;
            case UNPROVEN -> declared.unproven();
            case CONTRADICTED -> false;
        };
    }

    /** In words, such as {@code version 3 proven by its schema}. */
    public String summary() {
        String head = "version " + version + " ";
        return switch (verdict) {
            case RECORDED -> head + "as its own books say";
            case PROVEN -> head + "proven by its schema";
            case UNPROVEN -> head + "unproven: " + words();
            case CONTRADICTED -> head + "contradicted: " + words();
        };
    }

    /** The reasons, and how many more there are. */
    public String words() {
        return String.join("; ", reasons) + (unnamed > 0 ? "; and " + unnamed + " more" : "");
    }
}
