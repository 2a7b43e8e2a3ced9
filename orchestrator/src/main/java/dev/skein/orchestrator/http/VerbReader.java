package dev.skein.orchestrator.http;

import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns the body of a verb into a command. Each verb asks for the keys it has a use for; any other
 * key is a problem, for whoever sent it expected something of it.
 */
final class VerbReader {
    private final RolloutId rollout;
    private final Instant now;

    VerbReader(RolloutId rollout, Instant now) {
        this.rollout = rollout;
        this.now = now;
    }

    Command read(Verb verb, Settings body) {
        String by = BodyTexts.by(body);
        String reason = BodyTexts.reason(body);
        return switch (verb) {
            case APPROVE ->
                    new Command.Approve(
                            rollout,
                            BodyTexts.name(body, "wave"),
                            BodyTexts.name(body, "digest"),
                            by,
                            now);
            case PAUSE -> new Command.Pause(rollout, reason, by, now);
            case RESUME -> new Command.Resume(rollout, by, now);
            case PROMOTE -> new Command.Promote(rollout, by, now);
            case RETRY -> new Command.Retry(rollout, databases(body), by, now);
            case REPAIR ->
                    new Command.Repairing(
                            rollout,
                            namedDatabases(body, "to repair"),
                            body.choice("repair", Repair.BOOKS),
                            by,
                            now);
            case SKIP ->
                    new Command.Skip(
                            rollout, namedDatabases(body, "to leave out"), reason, by, now);
            case ABORT -> new Command.Abort(rollout, reason, by, now);
            case ROLLBACK -> rollback(body, reason, by);
        };
    }

    private static List<DatabaseId> databases(Settings body) {
        return body.values("databases", DatabaseId::parse);
    }

    private static List<DatabaseId> namedDatabases(Settings body, String what) {
        List<DatabaseId> databases = databases(body);
        if (databases.isEmpty()) {
            body.problem("databases", "names none; name those " + what);
        }
        return databases;
    }

    private Command rollback(Settings body, String reason, String by) {
        List<DatabaseId> databases = databases(body);
        Optional<String> wave = BodyTexts.name(body, "wave");
        boolean all = body.flag("all", false);
        int scopes = (databases.isEmpty() ? 0 : 1) + (wave.isPresent() ? 1 : 0) + (all ? 1 : 0);
        if (scopes != 1) {
            body.problem(
                    "", "say what to roll back by exactly one of: databases, wave, \"all\": true");
        }
        return new Command.Rollback(
                rollout, scope(databases, wave), databases, wave, reason, by, now);
    }

    private static RollbackScope scope(List<DatabaseId> databases, Optional<String> wave) {
        if (!databases.isEmpty()) {
            return RollbackScope.DATABASES;
        }
        return wave.isPresent() ? RollbackScope.WAVE : RollbackScope.ALL;
    }
}
