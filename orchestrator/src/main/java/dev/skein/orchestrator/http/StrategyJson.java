package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;

/**
 * Writes a strategy with the keys of a strategy file, so that what is shown can be sent again. Each
 * wave has all its fields, those that it got from the rollout counted in.
 */
final class StrategyJson {
    private StrategyJson() {}

    static ObjectNode toJson(Strategy strategy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!strategy.select().isAll()) {
            putSelector(json.putObject("select"), strategy.select());
        }
        ArrayNode waves = json.putArray("waves");
        strategy.waves().forEach(each -> putWave(waves.addObject(), each));
        json.put("late-databases", strategy.latePolicy().label());
        putSteps(json, strategy.stepLimits());
        strategy.requireRehearsal().ifPresent(each -> json.put("require-rehearsal", each));
        strategy.requireDowns().ifPresent(each -> json.put("require-downs", each));
        strategy.repeatables().ifPresent(each -> json.put("repeatables", each.label()));
        return json;
    }

    private static void putSelector(ObjectNode json, Selector selector) {
        if (!selector.databases().isEmpty()) {
            ArrayNode names = json.putArray("databases");
            selector.databases().forEach(each -> names.add(each.toString()));
        }
        if (!selector.labels().isEmpty()) {
            ObjectNode labels = json.putObject("labels");
            selector.labels().forEach(labels::put);
        }
    }

    private static void putWave(ObjectNode json, WaveSpec wave) {
        json.put("name", wave.name());
        putSelector(json, wave.select());
        wave.count().ifPresent(count -> json.put("count", count));
        wave.percent().ifPresent(percent -> json.put("percent", percent));
        putLimits(json, wave.limits());
        putGates(json, wave.gates());
    }

    private static void putLimits(ObjectNode json, WaveLimits limits) {
        json.put("max-in-flight", limits.maxInFlight())
                .put("failure-budget", limits.failureBudget().toString());
        limits.deadline().ifPresent(deadline -> json.put("deadline", deadline.toString()));
        json.put("on-failure", limits.onFailure().label());
    }

    private static void putGates(ObjectNode json, WaveGates gates) {
        json.put("soak", gates.soak().toString())
                .put("approval", gates.approval() ? "required" : "none");
        if (!gates.checks().isEmpty()) {
            ArrayNode checks = json.putArray("checks");
            gates.checks().forEach(each -> putCheck(checks.addObject(), each));
        }
    }

    private static void putCheck(ObjectNode json, CheckStep check) {
        json.put("name", check.name()).put("query", check.query()).put("expect", check.expected());
    }

    private static void putSteps(ObjectNode json, StepLimits limits) {
        json.put("lock-timeout", limits.lockTimeout().toString());
        limits.statementTimeout()
                .ifPresent(timeout -> json.put("statement-timeout", timeout.toString()));
        json.put("pause-between-steps", limits.pauseBetweenSteps().toString())
                .put("attempts", limits.attempts());
        limits.retryFor().ifPresent(limit -> json.put("retry-for", limit.toString()));
        limits.onNewer().ifPresent(each -> json.put("on-newer", each.label()));
    }
}
