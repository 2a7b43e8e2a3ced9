package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a recorder gave up, in its own words. */
record RecorderError(
        String code, String message, String hint, Optional<String> file, OptionalInt line) {
    static RecorderError of(JsonNode json) {
        JsonNode line = json.path("line");
        return new RecorderError(
                json.path("code").asText(),
                json.path("message").asText(),
                json.path("hint").asText(),
                Optional.ofNullable(json.path("file").asText(null)),
                line.isInt() ? OptionalInt.of(line.asInt()) : OptionalInt.empty());
    }
}
