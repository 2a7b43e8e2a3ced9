package dev.skein.orchestrator.http;

import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How far a person wants to go, and whether at all, as the body of a request says it. */
final class TermsFields {
    private TermsFields() {}

    /** Of a rollback: any of them may be absent. */
    static RollbackTerms of(Settings body) {
        return new RollbackTerms(
                BodyTexts.name(body, "to"),
                body.flag("asFarAsPossible", false),
                body.values("acceptIrreversible", Function.identity()),
                Optional.empty(),
                List.of());
    }

    /** Whether it is only to be told what would happen. */
    static boolean dryRun(Settings body) {
        return body.flag("dryRun", false);
    }

    /**
     * Of an opening: there is a version, or there are no terms. What would end somewhere else than
     * at that version has no place here.
     */
    static Optional<RollbackTerms> ofOpening(Settings body) {
        Optional<String> to = BodyTexts.name(body, "to");
        List<String> accepted = body.values("acceptIrreversible", Function.identity());
        if (to.isEmpty() && !accepted.isEmpty()) {
            body.problem("acceptIrreversible", "needs a version to go to; say \"to\" as well");
        }
        return to.map(RollbackTerms::to).map(terms -> terms.accepting(accepted));
    }
}
