package dev.skein.orchestrator.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The API's document. Its paths of verbs are made from {@link RolloutVerb}. */
final class OpenApi {
    private static final String DOCUMENT = "openapi.yaml";
    private static final String VERB = "openapi-verb.yaml";
    private static final String VERBS_GO_HERE = "  # The verbs of RolloutVerb go here.\n";

    private OpenApi() {}

    /** The whole document as YAML; reads resources, so it may block. */
    static String read() throws IOException {
        String verb = resource(VERB);
        String verbs =
                Arrays.stream(RolloutVerb.values())
                        .map(each -> path(verb, each))
                        .collect(Collectors.joining());
        return resource(DOCUMENT).replace(VERBS_GO_HERE, verbs);
    }

    private static String path(String template, RolloutVerb verb) {
        return template.replace("${verb}", verb.label())
                .replace("${summary}", verb.summary())
                .replace("${answer}", verb.answer())
                .replace("${body}", verb.body());
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = OpenApi.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
