package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Who calls, as the log will name them: the account that runs the command. */
final class Caller {
    private Caller() {}

    static ObjectNode body() {
        Map<String, String> env = System.getenv();
        String name = env.getOrDefault("USER", env.getOrDefault("USERNAME", "anonymous"));
        return JsonNodeFactory.instance.objectNode().put("by", name);
    }
}
