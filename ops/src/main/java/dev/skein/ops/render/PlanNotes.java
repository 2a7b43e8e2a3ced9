package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Notes of a plan beside its migrations, for people; empty if it has none. */
final class PlanNotes {
    private final StringBuilder text = new StringBuilder();

    private PlanNotes() {}

    /** An empty line, then a line for each note. */
    static String of(JsonNode content) {
        PlanNotes notes = new PlanNotes();
        content.path("migrations").forEach(notes::down);
        notes.hooks("before the first migration", content.at("/hooks/before"));
        notes.hooks("after the last migration", content.at("/hooks/after"));
        content.path("parameters").forEach(notes::parameter);
        notes.gaps(content.path("gaps").asText(""));
        notes.rehearsal(content.path("rehearsal"));
        return notes.text.isEmpty() ? "" : "\n" + notes.text;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void down(JsonNode migration) {
        if (!migration.has("generatedDown")) {
            return;
        }
        String version = Visible.of(migration.path("version").asText(""));
        String name = version.isEmpty() ? Fields.text(migration, "description") : version;
        String losses = joined(migration.at("/generatedDown/losses"));
        line(name + ": generated down, loses" + (losses.isEmpty() ? " nothing" : ": " + losses));
    }

    private static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(each -> Visible.of(each.asText()))
                .collect(Collectors.joining("; "));
    }

    private void hooks(String when, JsonNode hooks) {
        if (!hooks.isEmpty()) {
            String names =
                    StreamSupport.stream(hooks.spliterator(), false)
                            .map(each -> Fields.text(each, "name"))
                            .collect(Collectors.joining(", "));
            line("run " + when + ": " + names);
        }
    }

    private void parameter(JsonNode parameter) {
        String source = Fields.text(parameter, "source");
        String name = Fields.text(parameter, "name");
        String what =
                switch (source) {
                    case "label" -> "label " + name + " of each database";
                    case "database" -> "name of each database (" + name + ")";
                    case "default-schema" -> "default schema of each database (" + name + ")";
                    case "user" -> "role that connects (" + name + ")";
                    case "timestamp" -> "time of the order (" + name + ")";
                    default -> source + " (" + name + ")";
                };
        line("parameter " + Fields.text(parameter, "token") + ": the " + what);
    }

    private void gaps(String rule) {
        if (rule.equals("filled")) {
            line("gaps: a migration missing below one that is applied is applied all the same");
        } else if (!rule.isEmpty()) {
            line("gaps: a database that lacks a migration below one that is applied is refused");
        }
    }

    private void rehearsal(JsonNode rehearsal) {
        if (rehearsal.isMissingNode()) {
            return;
        }
        Duration total = Duration.ZERO;
        for (JsonNode step : rehearsal.path("steps")) {
            total = total.plus(Duration.parse(step.path("elapsed").asText("PT0S")));
        }
        String ground =
                rehearsal.has("template")
                        ? "a copy of " + Fields.text(rehearsal, "template")
                        : "an empty database";
        line(
                "rehearsed "
                        + Fields.time(rehearsal, "at")
                        + " on server "
                        + Fields.text(rehearsal, "server")
                        + ", from "
                        + ground
                        + ": "
                        + Fields.number(rehearsal.path("steps").size(), "step")
                        + " in "
                        + Durations.format(total));
    }
}
