package dev.skein.ops.source;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.StatementKind;
import dev.skein.engine.sql.StatementTrait;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a script that runs as on a connection in auto-commit: each statement, and what lies
 * in a transaction of its own, is one. Settings of the session are no steps: each of them goes into
 * all steps after it, since any two may run on different connections.
 *
 * <p>Threads: one.
 */
public final class AutocommitSteps {
    private final SourceScript script;
    private final PlanProblems problems;

    /** A block that leaves a setting to its session, which no later step would find. */
    private Optional<SqlStatement> setting = Optional.empty();

    private final List<SqlStatement> inVain = new ArrayList<>();

    private final List<SqlStatement> session = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    public AutocommitSteps(SourceScript script, PlanProblems problems) {
        this.script = script;
        this.problems = problems;
    }

    /** Adds a statement that no transaction of the script is around. */
    public void add(SqlStatement statement) {
        if (Statements.isSession(statement)) {
            session.add(statement);
        } else {
            addStep(StepList.of(script, session, statement), List.of(statement));
        }
    }

    /**
     * Adds statements with the transaction that is around them; it is committed behind them where
     * they leave it open. Settings that a transaction makes outlive it.
     */
    public void addBlock(List<SqlStatement> block) {
        addStep(StepList.ofBlock(script, session, block), block);
        if (block.get(block.size() - 1).kind() != StatementKind.ROLLBACK) {
            block.stream().filter(Statements::isSession).forEach(session::add);
        }
    }

    private void addStep(Step step, List<SqlStatement> statements) {
        setting.ifPresent(inVain::add);
        steps.add(step);
        setting =
                statements.stream()
                        .filter(each -> each.has(StatementTrait.SETS_SESSION))
                        .findFirst();
    }

    private void refuse(SqlStatement block) {
        problems.add(
                script.file(),
                block.line(),
                PlanProblemCode.SESSION_SETTING,
                Statements.shown(block)
                        + " makes a setting that the statements behind it would not find, since"
                        + " each of them is a step of its own",
                "Make it by a statement of the script ('set …' or 'select set_config(…)'), which"
                        + " goes into each step behind it, or for the block alone ('set local …')");
    }

    /** What was added; the whole script where that is nothing, so that it is recorded. */
    public List<Step> of(List<SqlStatement> statements) {
        inVain.forEach(this::refuse);
        return steps.isEmpty() ? StepList.ofWhole(script, statements) : List.copyOf(steps);
    }
}
