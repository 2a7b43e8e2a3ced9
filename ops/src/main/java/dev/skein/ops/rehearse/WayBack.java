package dev.skein.ops.rehearse;

import java.util.Optional;

/**
 * What the down of one migration came to.
 *
 * @param migration its key
 * @param script its file
 * @param verdict in a word
 * @param reason in words, where there is something to say
 */
public record WayBack(String migration, String script, Verdict verdict, Optional<String> reason) {
    /** How a down can come out. */
    public enum Verdict {
        /** It brought back the schema of before, and the migration ran again after it. */
        PROVEN("proven"),
        /** There is no down. */
        NONE("none"),
        /** It ran, and the schema is not the one of before. */
        DIFFERENT("different"),
        /** It did not run, or the migration did not run again after it. */
        FAILED("failed");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** The word for it. */
        public String label() {
            return label;
        }
    }
}
