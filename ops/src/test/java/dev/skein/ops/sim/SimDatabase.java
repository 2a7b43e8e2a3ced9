package dev.skein.ops.sim;

import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Survey;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One tenant database: schema, ledger, version table, and the lock that one session may hold. */
final class SimDatabase {
    private final DatabaseId id;
    private final SortedMap<String, String> labels;
    private final Plan plan;
    private Schema schema;
    private SimLedger ledger;
    private VersionBook versions;
    private final String initially;
    private final int adopted;
    private Optional<Session> holder = Optional.empty();
    private Optional<String> broken = Optional.empty();

    /**
     * @param adopted how many migrations somebody else has applied before
     */
    SimDatabase(DatabaseId id, SortedMap<String, String> labels, Plan plan, int adopted) {
        this.id = id;
        this.labels = labels;
        this.plan = plan;
        this.adopted = plan.framework() == Framework.SQL ? 0 : adopted;
        schema = new Schema(id.toString());
        ledger = new SimLedger(id.toString());
        versions = new VersionBook(id.toString());
        adopt(plan.migrations().subList(0, this.adopted));
        initially = contents();
    }

    private void adopt(List<Migration> migrations) {
        for (Migration migration : migrations) {
            migration.up().forEach(this::adopt);
            versions.add(migration);
        }
    }

    private void adopt(Step step) {
        if (step instanceof ScriptStep script) {
            schema.run(script.sql());
        }
        if (step instanceof StatementStep statement) {
            Statement ran = new Statement(schema, statement.sql());
            ran.begin();
            ran.succeed();
        }
    }

    /** Somebody else tried the next migration, in vain. */
    void failedByOthers() {
        if (keepsVersions() && adopted < plan.migrations().size()) {
            versions.failedByOthers(plan.migrations().get(adopted));
        }
    }

    /** All that is in it at one moment. */
    record Dump(Schema schema, SimLedger ledger, VersionBook versions) {}

    Dump dump() {
        return new Dump(new Schema(schema), new SimLedger(ledger), new VersionBook(versions));
    }

    void restore(Dump dump) {
        schema = dump.schema();
        ledger = dump.ledger();
        versions = dump.versions();
    }

    DatabaseId id() {
        return id;
    }

    SortedMap<String, String> labels() {
        return labels;
    }

    Plan plan() {
        return plan;
    }

    int adopted() {
        return adopted;
    }

    Schema schema() {
        return schema;
    }

    SimLedger ledger() {
        return ledger;
    }

    VersionBook versions() {
        return versions;
    }

    boolean keepsVersions() {
        return plan.framework() != Framework.SQL;
    }

    Survey survey() {
        return new Survey(
                        ledger.epoch(),
                        ledger.sequence(),
                        ledger.rows(),
                        keepsVersions() ? Optional.of(versions.history()) : Optional.empty())
                .of(ledger.origin(schema.isEmpty()));
    }

    /** Writes all or nothing; an older order than the ledger knows is refused. */
    boolean write(Records records) {
        long epoch = ((StepEvent) records.entries().get(0).envelope().event()).epoch();
        if (ledger.epoch() > epoch) {
            return false;
        }
        ledger.add(records.entries());
        if (keepsVersions()) {
            records.changes().forEach(versions::change);
        }
        return true;
    }

    Optional<Session> holder() {
        return holder;
    }

    void lockedBy(Session session) {
        holder = Optional.of(session);
    }

    void unlocked() {
        holder = Optional.empty();
    }

    /** From now on it refuses this step, whatever is tried. */
    void breakAt(String object) {
        broken = Optional.of(object);
    }

    void mend() {
        broken = Optional.empty();
    }

    boolean refuses(String sql) {
        return !sql.isEmpty() && broken.filter(Schema.object(sql)::equals).isPresent();
    }

    /** What rollouts change and must be able to take back. */
    String contents() {
        return schema + (keepsVersions() ? " " + versions : "");
    }

    String initially() {
        return initially;
    }
}
