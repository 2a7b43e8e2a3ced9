package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.text.ControlCharacters;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;

/** The texts that people send along with what they ask for; each is kept in the log for ever. */
final class BodyTexts {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int REASON_LENGTH_MAX = 2000;

    private BodyTexts() {}

    /** Reads a whole body; what is wrong with it is told together. */
    static <T> T read(JsonNode body, Function<Settings, T> reader) {
        return Settings.read(Bodies.WHAT, body, Collections.emptySortedMap(), reader);
    }

    static String by(Settings body) {
        return body.optionalValue("by", named("the caller's name")).orElse("anonymous");
    }

    static String reason(Settings body) {
        return body.optionalValue("reason", bounded(REASON_LENGTH_MAX))
                .orElse("no reason was given");
    }

    static Optional<String> name(Settings body, String key) {
        return body.optionalValue(key, bounded(NAME_LENGTH_MAX));
    }

    /** A name that somebody gives to something new. */
    static Optional<String> newName(Settings body, String key) {
        return body.optionalValue(key, named(key));
    }

    private static Function<String, String> named(String what) {
        return bounded(NAME_LENGTH_MAX).andThen(text -> ControlCharacters.refusedIn(what, text));
    }

    private static Function<String, String> bounded(int lengthMax) {
        return text -> {
            if (text.length() > lengthMax) {
                throw new IllegalArgumentException(
                        "has %d characters; %d are allowed".formatted(text.length(), lengthMax));
            }
            return text;
        };
    }
}
