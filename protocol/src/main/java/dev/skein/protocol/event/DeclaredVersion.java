package dev.skein.protocol.event;

/**
 * What a person says is in a database of which no ledger and no version table tells: the plan up to
 * a version.
 *
 * @param version as a migration of the plan has it; {@link RollbackTerms#TO_NOTHING} for nothing
 * @param unproven whether the person's word is enough where the plan's rehearsal cannot prove it
 */
public record DeclaredVersion(String version, boolean unproven) {
    @Override
    public String toString() {
        return version + (unproven ? ", on a person's word" : "");
    }
}
