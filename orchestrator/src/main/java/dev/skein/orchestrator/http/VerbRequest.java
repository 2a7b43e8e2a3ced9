package dev.skein.orchestrator.http;

import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person sends with a verb. Each verb asks for the keys it has a use for; any other key is a
 * problem, because whoever sent it expects something of it.
 */
record VerbRequest(RolloutId rollout, Settings body, String by, String reason, Instant at) {
    static VerbRequest of(RolloutId rollout, Settings body, Instant at) {
        return new VerbRequest(rollout, body, BodyTexts.by(body), BodyTexts.reason(body), at);
    }

    Optional<String> name(String key) {
        return BodyTexts.name(body, key);
    }

    List<DatabaseId> databases() {
        return body.values("databases", DatabaseId::parse);
    }

    List<DatabaseId> namedDatabases(String what) {
        List<DatabaseId> databases = databases();
        if (databases.isEmpty() && !body.isBroken("databases")) {
            body.problem("databases", "names none; name those " + what);
        }
        return databases;
    }

    Command rollback() {
        List<DatabaseId> databases = databases();
        Optional<String> wave = name("wave");
        boolean all = body.flag("all", false);
        int scopes = (databases.isEmpty() ? 0 : 1) + (wave.isPresent() ? 1 : 0) + (all ? 1 : 0);
        boolean broken = Stream.of("databases", "wave", "all").anyMatch(body::isBroken);
        if (scopes != 1 && !broken) {
            body.problem(
                    "", "say what to roll back by exactly one of: databases, wave, \"all\": true");
        }
        return new Command.Rollback(
                rollout,
                scope(databases, wave),
                databases,
                wave,
                TermsFields.of(body),
                reason,
                by,
                at);
    }

    private static RollbackScope scope(List<DatabaseId> databases, Optional<String> wave) {
        if (!databases.isEmpty()) {
            return RollbackScope.DATABASES;
        }
        return wave.isPresent() ? RollbackScope.WAVE : RollbackScope.ALL;
    }
}
