package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who calls, as the log will name them: the account that runs the command. */
final class Caller {
    private Caller() {}

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("by", name());
    }

    static String name() {
        return ProcessHandle.current().info().user().orElse("anonymous");
    }
}
