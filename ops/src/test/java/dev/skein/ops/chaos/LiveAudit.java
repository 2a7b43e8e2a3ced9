package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what one orchestrator answers against what another one, that has just read the log from its
 * first record, answers. The agents have to be silent meanwhile.
 */
final class LiveAudit {
    private final ChaosOperator live;
    private final ChaosOperator fresh;

    LiveAudit(ChaosOperator live, ChaosOperator fresh) {
        this.live = live;
        this.fresh = fresh;
    }

    void run(String rollout, Tenants tenants) {
        for (String path : paths(rollout, tenants)) {
            assertThat(timeless(fresh.get(path))).as(path).isEqualTo(timeless(live.get(path)));
        }
    }

    private static List<String> paths(String rollout, Tenants tenants) {
        List<String> paths = new ArrayList<>();
        paths.add("/rollouts/" + rollout);
        paths.add("/rollouts/" + rollout + "/databases?limit=1000");
        paths.add("/rollouts");
        paths.add("/plans");
        paths.add("/fleet");
        paths.add("/agents");
        paths.add("/databases?limit=1000");
        for (String tenant : tenants.names()) {
            paths.add("/databases/" + Tenants.SERVER + "/" + tenant);
            paths.add("/databases/" + Tenants.SERVER + "/" + tenant + "/history?limit=1000");
        }
        return paths;
    }

    /** Without the one thing that follows from when it was asked. */
    private static JsonNode timeless(JsonNode answer) {
        for (JsonNode item : answer.path("items")) {
            ((ObjectNode) item).remove("silentFor");
        }
        return answer;
    }
}
