package dev.skein.ops.source.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a recorder gave up, in its own words. */
record RecordedTrouble(
        String code, String message, String hint, Optional<String> file, OptionalInt line) {
    static RecordedTrouble of(JsonNode json) {
        JsonNode line = json.path("line");
        return new RecordedTrouble(
                json.path("code").asText(),
                json.path("message").asText(),
                json.path("hint").asText(),
                Optional.ofNullable(json.path("file").asText(null)),
                line.isInt() ? OptionalInt.of(line.asInt()) : OptionalInt.empty());
    }
}
