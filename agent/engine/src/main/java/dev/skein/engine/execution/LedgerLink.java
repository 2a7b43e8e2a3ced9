package dev.skein.engine.execution;

import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.OrderBasis;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What an order, its log and the ledger of its database are to each other.
 *
 * @param order of the log
 * @param survey of the database, with its ledger
 */
public record LedgerLink(OrderIssued order, Survey survey) {
    /** The code where a ledger is gone and nothing else tells what is there. */
    static final String GONE = "ledger-gone";

    /** Whether what the ledger reports is to be taken into the order's log. */
    public boolean takesReports() {
        return !isForeign();
    }

    /** Whether the ledger bars the order; {@link #barredWords} says why. */
    boolean bars() {
        return isForeign() || survey.isAheadOf(order);
    }

    /** The code of what bars the order. */
    String barredCode() {
        if (isForeign()) {
            return "another-log";
        }
        return survey.isAheadOf(order) ? "ledger-ahead" : GONE;
    }

    /** A person may take a ledger into the log of the order, whatever log it was of. */
    private boolean isForeign() {
        return survey.isOfAnotherLog(order)
                && order.repair().filter(Repair.LEDGER::equals).isEmpty();
    }

    /** What bars the order, and the way out. */
    String barredWords() {
        if (!bars()) {
            return blindWords();
        }
        String head =
                "order "
                        + order.epoch()
                        + " of rollout "
                        + order.rollout()
                        + " was not carried out: ";
        return head + (isForeign() ? foreignWords() : aheadWords());
    }

    private String foreignWords() {
        return "the ledger of "
                + order.database()
                + obeysWords()
                + "; 'skein database repair "
                + order.database()
                + " --ledger' takes the ledger and what it reports into this log, 'skein rollout"
                + " skip' leaves the database alone";
    }

    private String obeysWords() {
        return " obeys another log, "
                + survey.origin().log().map(Object::toString).orElse("")
                + " (epoch "
                + survey.epoch()
                + holderWords()
                + "), and this one is "
                + order.log().map(Object::toString).orElse("");
    }

    private String aheadWords() {
        return holdsWords()
                + "; the log is older than the ledger, which tells it again what it lost, and the"
                + " next order is above the ledger's epoch";
    }

    private String holdsWords() {
        return "the ledger holds epoch " + survey.epoch() + holderWords();
    }

    private String holderWords() {
        Optional<RolloutId> holder = survey.holder();
        return holder.map(taker -> ", of rollout " + taker).orElse("");
    }

    /** What an order that only reads says of the ledger, and what comes of it. */
    Optional<LedgerFinding> seen() {
        if (isForeign()) {
            return found(
                    LedgerFinding.Kind.ANOTHER_LOG,
                    "the ledger"
                            + obeysWords()
                            + "; an order that may write fails here with another-log, and 'skein"
                            + " database repair "
                            + order.database()
                            + " --ledger' then takes the ledger and what it reports into this"
                            + " log");
        }
        if (survey.isAheadOf(order)) {
            return found(
                    LedgerFinding.Kind.AHEAD,
                    holdsWords()
                            + ", and this log has come to epoch "
                            + order.epoch()
                            + "; it is older than the ledger, and the next order that may write"
                            + " tells it again what it lost");
        }
        return isBlind() && order.declared().isEmpty()
                ? found(
                        LedgerFinding.Kind.GONE,
                        unknownWords()
                                + "; an order that may write fails here with ledger-gone. "
                                + declarationWords())
                : finding();
    }

    /** What is said of a ledger that has been taken into this log, copied, or restored. */
    Optional<LedgerFinding> finding() {
        if (survey.isOfAnotherLog(order)) {
            return found(
                    LedgerFinding.Kind.JOINED,
                    "the ledger obeyed log "
                            + survey.origin().log().map(Object::toString).orElse("")
                            + " and has been taken into this one");
        }
        if (survey.lastSequence() < order.lastSequence()) {
            return found(
                    survey.lastSequence() == 0
                            ? LedgerFinding.Kind.GONE
                            : LedgerFinding.Kind.BEHIND,
                    behindWords());
        }
        if (survey.origin().otherDatabase()) {
            return found(
                    LedgerFinding.Kind.COPIED,
                    "the ledger was written in another database and came with a copy or a restore;"
                            + " what it says is taken as it is");
        }
        return survey.epoch() == 0 && !survey.rows().isEmpty()
                ? found(
                        LedgerFinding.Kind.COPIED,
                        "the ledger was written under another name: the database is a copy, or was"
                                + " renamed; what it says is taken as it is")
                : Optional.empty();
    }

    private String behindWords() {
        String ledger =
                survey.lastSequence() == 0
                        ? "the ledger is gone"
                        : "the ledger ends with report " + survey.lastSequence();
        return ledger
                + ", the log has seen report "
                + order.lastSequence()
                + (declares()
                        ? "; a person has declared the database to be "
                                + order.declared()
                                        .map(word -> "at version " + word.version())
                                        .orElse("where the log last knew it")
                        : ": the database was restored from a backup; what it says itself is taken"
                                + " as right");
    }

    private boolean declares() {
        return order.declared().isPresent()
                || isBlind() && order.repair().filter(Repair.LEDGER::equals).isPresent();
    }

    private static Optional<LedgerFinding> found(LedgerFinding.Kind kind, String words) {
        return Optional.of(new LedgerFinding(kind, words));
    }

    /**
     * Whether the ledger of a database without a version table is gone, and with it all that tells
     * what was applied here.
     */
    private boolean isBlind() {
        return survey.lastSequence() == 0
                && order.lastSequence() > 0
                && lastVersion().isPresent()
                && survey.history().isEmpty()
                && survey.rows().isEmpty()
                && !survey.origin().empty();
    }

    private Optional<String> lastVersion() {
        return order.basis().flatMap(OrderBasis::version).filter(version -> !version.isBlank());
    }

    /**
     * What a person has declared to be there: the plan up to the version that the log knew; empty
     * where nobody has, or the plan does not know that version.
     */
    List<Migration> declared(Plan plan) {
        boolean asked = order.repair().filter(Repair.LEDGER::equals).isPresent();
        List<Migration> all = plan.migrations();
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            last = lastVersion().filter(all.get(i).version()::equals).isPresent() ? i : last;
        }
        return isBlind() && asked ? all.subList(0, last + 1) : List.of();
    }

    /** Whether it is not known what is there, by the ledger or by a person. */
    boolean isBlind(Plan plan) {
        return isBlind() && order.declared().isEmpty() && declared(plan).isEmpty();
    }

    private String unknownWords() {
        return "the ledger of "
                + order.database()
                + " is gone, and nothing else tells what is there; the log last knew it at version "
                + lastVersion().orElse("none");
    }

    private String declarationWords() {
        return "Look; if the database is at that version, 'skein database repair "
                + order.database()
                + " --ledger' writes its ledger anew from a plan that has that version, and 'skein"
                + " fleet adopt --at VERSION' says at which other it is";
    }

    /** Why nothing is run in such a database, and the way out. */
    String blindWords() {
        return "order "
                + order.epoch()
                + " of rollout "
                + order.rollout()
                + " was not carried out: "
                + unknownWords()
                + ". "
                + declarationWords();
    }
}
