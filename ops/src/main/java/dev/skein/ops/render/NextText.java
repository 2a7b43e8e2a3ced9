package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a person can do with a rollout now, as commands: the verbs that the server says it takes.
 */
final class NextText {
    private static final Set<String> OF_ONE_THAT_ENDED = Set.of("retry", "repair", "rollback");

    private NextText() {}

    /** Nothing where the rollout needs nobody. */
    static String of(JsonNode rollout) {
        if (isSoaking(rollout)) {
            return verbs("it can be let on before that with", rollout, Set.of("promote"))
                    + verbs(
                            "the approval for after it can be given now with",
                            rollout,
                            Set.of("approve"))
                    + verbs("the approval can be taken back with", rollout, Set.of("revoke"));
        }
        return section("next, one of", rollout, each -> isOfUse(each, rollout));
    }

    private static String verbs(String lead, JsonNode rollout, Set<String> verbs) {
        return section(lead, rollout, each -> verbs.contains(each.path("verb").asText()));
    }

    private static String section(String lead, JsonNode rollout, Predicate<JsonNode> isShown) {
        String verbs =
                StreamSupport.stream(rollout.path("verbs").spliterator(), false)
                        .filter(isShown)
                        .map(each -> "  " + command(each, rollout) + "\n" + others(each))
                        .collect(Collectors.joining());
        return verbs.isEmpty() ? "" : "\n" + lead + "\n" + verbs;
    }

    /** On a line of its own, so that the command can be copied as it stands. */
    private static String others(JsonNode offer) {
        return offer.has("more") ? "    or for " + offer.path("more").asInt() + " more\n" : "";
    }

    private static boolean isOfUse(JsonNode offer, JsonNode rollout) {
        String verb = offer.path("verb").asText();
        if (rollout.path("needsPerson").asBoolean()) {
            return !verb.equals("pause") && (!verb.equals("skip") || isHeldUp(rollout));
        }
        if (rollout.has("closedAt")) {
            boolean unfinished =
                    !rollout.path("halfDone").isEmpty() || !rollout.path("failures").isEmpty();
            return unfinished && OF_ONE_THAT_ENDED.contains(verb);
        }
        return !rollout.path("heldUp").isEmpty() && verb.equals("skip");
    }

    private static boolean isHeldUp(JsonNode rollout) {
        return !rollout.path("failures").isEmpty() || !rollout.path("heldUp").isEmpty();
    }

    private static boolean isSoaking(JsonNode rollout) {
        return rollout.path("phase").asText().equals("soaking");
    }

    private static String command(JsonNode offer, JsonNode rollout) {
        String verb = Fields.text(offer, "verb");
        if (verb.equals("repair")) {
            return repair(offer, rollout);
        }
        StringBuilder text = new StringBuilder("skein rollout ").append(verb);
        text.append(' ').append(Fields.text(rollout, "id"));
        for (JsonNode database : offer.path("databases")) {
            text.append(" --database ").append(ShellWord.of(database.asText()));
        }
        if (offer.path("all").asBoolean()) {
            text.append(" --all");
        }
        if (offer.has("digest")) {
            text.append(" --digest ").append(Fields.text(offer, "digest"));
        }
        return text.toString();
    }

    private static String repair(JsonNode offer, JsonNode rollout) {
        String what = Fields.text(offer, "repair");
        return "skein database repair "
                + ShellWord.of(offer.path("databases").path(0).asText())
                + " --rollout "
                + Fields.text(rollout, "id")
                + (what.equals("books") ? "" : " --" + what);
    }
}
