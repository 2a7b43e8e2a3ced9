package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.OrderFailure;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.HalfDone;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.FailedStatement;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.StepFailure;

/** Writes one database as part of a rollout. */
final class TargetJson {
    private TargetJson() {}

    /**
     * @param steps of the plan, for a database of which no progress is known
     */
    static ObjectNode toJson(DatabaseStatus target, int steps) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("database", target.database().toString())
                        .put("wave", target.waveName())
                        .put("state", target.state().label())
                        .put("reason", target.reason())
                        .put("stepsDone", stepsDone(target))
                        .put("stepsTotal", stepsTotal(target, steps))
                        .put("epoch", target.epoch());
        target.agent().ifPresent(agent -> json.put("agent", agent.value()));
        target.failure().ifPresent(each -> json.set("failure", failure(each.failure())));
        target.halfDone().ifPresent(each -> json.set("halfDone", halfDone(each)));
        target.findings().ifPresent(findings -> json.set("findings", Json.tree(findings)));
        target.ledger().ifPresent(each -> json.set("ledger", Json.tree(each)));
        target.remainder().ifPresent(each -> json.set("remainder", Json.tree(each)));
        target.run().ifPresent(each -> json.set("run", run(each)));
        putSince(json, target);
        return json;
    }

    /** A program that carries out a delegated step. */
    static ObjectNode run(RunUnderWay run) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("database", run.database().toString())
                        .put("runner", run.runner())
                        .put("migration", run.migration());
        run.printed().ifPresent(line -> json.put("printed", line));
        return json;
    }

    /** In a few words, for the list of what failed. */
    static ObjectNode failed(DatabaseStatus target) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("database", target.database().toString())
                        .put("wave", target.waveName())
                        .put("state", target.state().label())
                        .put("reason", target.reason());
        target.failure()
                .map(OrderFailure::failure)
                .ifPresent(failure -> json.put("code", failure.code()));
        putSince(json, target);
        return json;
    }

    /** That failed before a rollback. */
    static ObjectNode failedBefore(DatabaseStatus target) {
        ObjectNode json = failed(target);
        target.cause()
                .map(OrderFailure::failure)
                .ifPresent(cause -> json.put("code", cause.code()).put("cause", cause.message()));
        return json;
    }

    /** What was left half done in a database. */
    static ObjectNode halfDone(HalfDone half) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("database", half.database().toString())
                .put("migration", half.step().migration())
                .put("direction", half.step().direction().label())
                .put("step", half.step().index() + 1)
                .put("steps", half.steps())
                .put("begun", half.begun())
                .put("since", half.since().toString())
                .put("reason", half.text());
    }

    static int stepsDone(DatabaseStatus target) {
        return target.progress().map(each -> each.stepsDone()).orElse(0);
    }

    static int stepsTotal(DatabaseStatus target, int steps) {
        return target.progress().map(each -> each.stepsTotal()).orElse(steps);
    }

    private static void putSince(ObjectNode json, DatabaseStatus target) {
        target.reportedAt()
                .or(target::orderedAt)
                .ifPresent(since -> json.put("since", since.toString()));
    }

    private static ObjectNode failure(StepFailure failure) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("code", failure.code());
        failure.sqlState().ifPresent(state -> json.put("sqlState", state));
        json.put("message", failure.message()).put("passing", failure.passing());
        ArrayNode blockers = json.putArray("blockers");
        failure.blockers().forEach(each -> putBlocker(blockers.addObject(), each));
        failure.statement().ifPresent(each -> putStatement(json.putObject("statement"), each));
        return json;
    }

    private static void putStatement(ObjectNode json, FailedStatement statement) {
        statement.script().ifPresent(script -> json.put("script", script));
        statement.number().ifPresent(number -> json.put("number", number));
        statement.line().ifPresent(line -> json.put("line", line));
        statement.text().ifPresent(text -> json.put("text", text));
        statement.detail().ifPresent(detail -> json.put("detail", detail));
        statement.hint().ifPresent(hint -> json.put("hint", hint));
        statement.context().ifPresent(context -> json.put("context", context));
    }

    private static void putBlocker(ObjectNode json, Blocker blocker) {
        json.put("pid", blocker.pid())
                .put("user", blocker.user())
                .put("application", blocker.application())
                .put("state", blocker.state());
        blocker.queryStart().ifPresent(start -> json.put("queryStart", start.toString()));
    }
}
