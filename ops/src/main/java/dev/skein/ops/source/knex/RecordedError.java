package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a program threw.
 *
 * @param code an SQLSTATE, or Node's own
 * @param module the module that could not be found
 * @param lacking the last environment variables that it looked for and that are not set
 */
record RecordedError(
        String message, Optional<String> code, Optional<String> module, List<String> lacking) {
    RecordedError {
        lacking = List.copyOf(lacking);
    }

    static RecordedError of(JsonNode json) {
        return new RecordedError(
                json.path("message").asText(),
                Optional.ofNullable(json.path("code").textValue()),
                Optional.ofNullable(json.path("module").textValue()),
                RecordedRun.texts(json.path("lacking")));
    }

    /** The first line of what it says: Knex puts the whole SQL before the server's words. */
    String shown() {
        String line = message.strip().replaceAll("\\s+", " ");
        int dash = line.lastIndexOf(" - ");
        boolean isServers = code.filter(each -> each.matches("[0-9A-Z]{5}")).isPresent();
        return isServers && dash >= 0 ? line.substring(dash + 3) : line;
    }
}
