package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Finds migrations that are applied by the ledger but missing in the version table.
 *
 * <p>A person may have gone back with the framework's own command, and then the table is right. Or
 * rows were removed by hand, or never written, and then the migration is in the database. The
 * rules:
 *
 * <ul>
 *   <li>A table that itself says that the migration was undone is believed.
 *   <li>Flyway and Prisma never remove a row. Alembic and Knex do so when they roll back, newest
 *       first, so missing rows after one that is still there are what their own command leaves.
 *   <li>A rollback would undo nothing of a missing migration and report it as undone. It is refused
 *       unless the framework's own command explains what is missing and something of the rollout is
 *       still applied, until a person confirms by a repair that the table is right.
 *   <li>Where the plan was rehearsed, the catalogue may show that what is missing is there all the
 *       same; see {@link LostRows}. No command of a framework leaves that.
 *   <li>An apply runs the migration again, which is right if a person went back. It is refused
 *       where no command of the framework can have left the table so: Flyway and Prisma, where a
 *       later migration is still applied.
 * </ul>
 */
final class VersionTableMismatch {
    private static final String CODE = "version-table-contradicts-ledger";
    private static final int NAMED_MAX = 5;

    private final Plan plan;
    private final FrameworkRules rules;
    private final DatabaseId database;
    private final AppliedState appliedState;

    VersionTableMismatch(Plan plan, DatabaseId database, AppliedState appliedState) {
        this.plan = plan;
        this.rules = FrameworkRules.of(plan);
        this.database = database;
        this.appliedState = appliedState;
    }

    /** Why these migrations cannot be undone before a person has said which of the two is right. */
    Optional<Refusal> ofRollback(BiPredicate<String, MigrationState> meant) {
        Missing missing = missing(meant);
        boolean explained = rules.takesRowsOut() && missing.somethingApplied();
        List<String> keys =
                new ArrayList<>(explained ? missing.belowAnAppliedOne() : missing.all());
        appliedState.standingWithoutRow().stream()
                .filter(key -> missing.all().contains(key) && !keys.contains(key))
                .forEach(keys::add);
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        refusal(
                                keys,
                                "rolling back would leave in the database what they made. If they"
                                        + " are there, put their rows back, or take them back by"
                                        + " hand; if they were taken back,",
                                " says so and goes on with the rest"));
    }

    /** Why nothing may be applied on top of what is there. */
    Optional<Refusal> ofApply() {
        if (rules.takesRowsOut()) {
            return standing();
        }
        List<String> keys =
                missing((key, state) -> plan.migration(key).isPresent()).belowAnAppliedOne();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        refusal(
                                keys,
                                "and later ones are there, so that they would run a second time."
                                        + " If they are in the database, put their rows back; if"
                                        + " they are not,",
                                " says so and goes on as the table has it"));
    }

    private Optional<Refusal> standing() {
        List<String> keys = appliedState.standingWithoutRow();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        refusal(
                                keys,
                                "what they made is in the database as the rehearsal left it, so"
                                        + " that they would run a second time. If their rows were"
                                        + " deleted, put them back; if they were taken back,",
                                " says so and goes on as the table has it"));
    }

    /**
     * Migrations that are missing, in the order in which they were applied.
     *
     * @param belowAnAppliedOne those after which the ledger has one that is still applied
     */
    private record Missing(
            List<String> all, List<String> belowAnAppliedOne, boolean somethingApplied) {}

    private Missing missing(BiPredicate<String, MigrationState> concerned) {
        List<String> all = new ArrayList<>();
        int below = 0;
        boolean stands = false;
        for (Map.Entry<String, MigrationState> each : appliedState.migrationStates().entrySet()) {
            String key = each.getKey();
            if (!concerned.test(key, each.getValue())) {
                continue;
            }
            if (appliedState.confirms(key, each.getValue())) {
                below = all.size();
                stands = true;
            } else if (each.getValue().present() && !appliedState.undone(key)) {
                all.add(key);
            }
        }
        return new Missing(all, List.copyOf(all.subList(0, below)), stands);
    }

    private String table() {
        return plan.versionTable()
                .flatMap(VersionTableName::schema)
                .map(schema -> schema + ".")
                .orElse("")
                .concat(rules.versionTable(plan).orElse(""));
    }

    private Refusal refusal(List<String> keys, String consequence, String repair) {
        List<String> named = keys.subList(0, Math.min(keys.size(), NAMED_MAX));
        String more = keys.size() > NAMED_MAX ? " and " + (keys.size() - NAMED_MAX) + " more" : "";
        return new Refusal.Mismatch(
                CODE,
                "the ledger says that Skein applied "
                        + (keys.size() == 1 ? "migration " : "migrations ")
                        + String.join(", ", named)
                        + more
                        + ", and the version table "
                        + table()
                        + " does not have "
                        + (keys.size() == 1 ? "it" : "them")
                        + "; "
                        + consequence
                        + " 'skein database repair "
                        + database
                        + "'"
                        + repair);
    }
}
