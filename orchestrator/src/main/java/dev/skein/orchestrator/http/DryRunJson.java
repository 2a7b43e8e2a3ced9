package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.rollout.DryRun;
import dev.skein.orchestrator.rollout.Forecast;
import dev.skein.orchestrator.rollout.ForecastMove;

/** What a command would lead to, as JSON. */
final class DryRunJson {
    private DryRunJson() {}

    /**
     * The groups of a dry run.
     *
     * @throws RequestRefused if the command would be refused
     */
    static ObjectNode of(DryRun dryRun, String verb) {
        if (dryRun.refusal().isPresent()) {
            throw HttpProblem.of(dryRun.refusal().get()).refused();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", true).put("verb", verb).put("message", dryRun.message());
        json.put("databases", dryRun.databases());
        ArrayNode groups = json.putArray("groups");
        dryRun.groups().forEach(each -> groups.add(group(each)));
        return json;
    }

    private static ObjectNode group(DryRun.Group group) {
        Forecast forecast = group.forecast();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", forecast.outcome().label());
        forecast.version().ifPresent(version -> json.put("version", version));
        forecast.versionAfter().ifPresent(version -> json.put("versionAfter", version));
        json.put("steps", forecast.steps());
        ArrayNode moves = json.putArray("migrations");
        forecast.moves().forEach(each -> moves.add(move(each)));
        if (!forecast.reason().isEmpty()) {
            json.put("reason", forecast.reason());
        }
        ArrayNode databases = json.putArray("databases");
        group.databases().forEach(each -> databases.add(each.toString()));
        return json;
    }

    private static ObjectNode move(ForecastMove move) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("migration", move.migration())
                .put("script", move.script())
                .put("direction", move.direction().label())
                .put("steps", move.steps());
    }
}
