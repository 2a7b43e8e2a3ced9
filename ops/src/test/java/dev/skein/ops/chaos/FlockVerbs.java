package dev.skein.ops.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Asks for verbs at random, sensible or not. */
final class FlockVerbs {
    private final FlockOperator operator;
    private final Flock flock;
    private final SplittableRandom random;
    private final Map<String, Integer> answers = new TreeMap<>();

    FlockVerbs(FlockOperator operator, Flock flock, SplittableRandom random) {
        this.operator = operator;
        this.flock = flock;
        this.random = random;
    }

    /** One of them, asked of that rollout. */
    void one(FlockKind kind, String rollout) {
        ObjectNode body = Json.mapper().createObjectNode().put("by", "chance");
        int draw = random.nextInt(100);
        if (draw < 25) {
            ask(rollout, "pause", body);
        } else if (draw < 45) {
            ask(rollout, "resume", body);
        } else if (draw < 55) {
            ask(rollout, "retry", body);
        } else if (draw < 65) {
            ask(rollout, "skip", oneOf(kind, body));
        } else if (draw < 83) {
            ask(rollout, "rollback", oneOf(kind, body));
        } else if (draw < 93) {
            ask(rollout, "rollback", body.put("all", true));
        } else {
            ask(rollout, "abort", body);
        }
    }

    private ObjectNode oneOf(FlockKind kind, ObjectNode body) {
        List<Flock.Tenant> tenants =
                flock.tenants().stream().filter(each -> each.kind() == kind).toList();
        body.putArray("databases").add(tenants.get(random.nextInt(tenants.size())).id());
        return body;
    }

    private void ask(String rollout, String verb, ObjectNode body) {
        String answer = operator.tell(rollout, verb, body);
        answers.merge(verb + " " + answer, 1, Integer::sum);
    }

    /** How often each verb was answered how. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }
}
