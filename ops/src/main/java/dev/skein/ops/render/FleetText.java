package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.settings.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The fleet, its databases and its agents, for a person. */
public final class FleetText {
    private FleetText() {}

    /** The answer of {@code GET /fleet}. */
    public static String fleet(JsonNode fleet) {
        StringBuilder text = new StringBuilder();
        text.append(Fields.number(fleet.path("databases").asInt(), "database")).append(", ");
        text.append(Fields.number(fleet.path("agents").asInt(), "agent"));
        text.append(gone(fleet.path("gone").asInt())).append('\n');
        line(text, "version", fleet.path("byVersion"));
        line(text, "state", fleet.path("byState"));
        line(text, "agent", fleet.path("byAgent"));
        line(text, "label", fleet.path("byLabel"));
        for (JsonNode rollout : fleet.path("activeRollouts")) {
            text.append("open rollout ").append(Visible.of(rollout.asText())).append('\n');
        }
        return text + clock(fleet);
    }

    private static String gone(int databases) {
        return databases == 0
                ? ""
                : "; %d more that no agent announces any more".formatted(databases);
    }

    private static void line(StringBuilder text, String name, JsonNode counts) {
        text.append("by ").append(name).append(": ").append(Fields.counts(counts)).append('\n');
    }

    /** Items of {@code GET /databases}, however wide. */
    public static String databases(JsonNode list) {
        return databases(list, Columns.unlimited());
    }

    /** Items of {@code GET /databases}. */
    public static String databases(JsonNode list, Columns columns) {
        Table table =
                new Table("DATABASE", "VERSION", "STATE", "ROLLOUT", "AGENT", "LABELS", "WHY")
                        .keepingFirst();
        for (JsonNode each : list.path("items")) {
            table.row(
                    Fields.text(each, "database"),
                    Fields.text(each, "version"),
                    Fields.text(each, "state"),
                    Fields.text(each, "rollout"),
                    Fields.text(each, "agent"),
                    Fields.labels(each.path("labels")),
                    why(each));
        }
        return table.within(columns);
    }

    /** Why it is where it is, or was, if it has left the fleet. */
    static String why(JsonNode database) {
        String reason = Fields.text(database, "reason");
        return database.path("gone").asBoolean()
                ? "gone: no agent announces it any more; at last: " + reason
                : reason;
    }

    /** Items of {@code GET /agents}, however wide. */
    public static String agents(JsonNode list) {
        return agents(list, Columns.unlimited());
    }

    /** Items of {@code GET /agents}. */
    public static String agents(JsonNode list, Columns columns) {
        Table table = new Table("AGENT", "SERVER", "DATABASES", "LIMIT", "LAST SEEN", "NOTE");
        for (JsonNode agent : list.path("items")) {
            if (agent.path("servers").isEmpty() && !agent.path("setAside").isEmpty()) {
                table.row(Fields.text(agent, "agent"), "", "", "", "", broken(agent));
            }
            for (JsonNode server : agent.path("servers")) {
                table.row(
                        Fields.text(agent, "agent"),
                        Fields.text(server, "server"),
                        Fields.text(server, "databases"),
                        Fields.text(server, "databasesInFlightMax"),
                        Fields.time(agent, "lastSeen"),
                        note(agent, server));
            }
        }
        return table.within(columns) + columns.fit(clock(list));
    }

    /** Where the orchestrator's clock is off. */
    private static String clock(JsonNode document) {
        if (!document.hasNonNull("clockAhead")) {
            return "";
        }
        Duration ahead = Duration.parse(document.path("clockAhead").asText());
        return "the orchestrator's clock is %s %s the brokers'; silence, soaks and deadlines go by"
                        .formatted(
                                Durations.format(ahead.abs().truncatedTo(ChronoUnit.SECONDS)),
                                ahead.isNegative() ? "behind" : "ahead of")
                + " the brokers' clock, see to NTP\n";
    }

    /** The first of what it wrote about itself and could not be taken. */
    private static String broken(JsonNode agent) {
        JsonNode first = agent.path("setAside").path(0);
        return first.isMissingNode()
                ? ""
                : Visible.of(
                        "broken: record %s could not be taken: %s"
                                .formatted(
                                        first.path("record").asText(),
                                        first.path("reason").asText()));
    }

    private static String note(JsonNode agent, JsonNode server) {
        String broken = broken(agent);
        if (!broken.isEmpty()) {
            return broken;
        }
        String problem = Visible.of(server.path("problem").asText(""));
        if (!agent.path("reachable").asBoolean()) {
            String away = agent.path("stopped").asBoolean() ? "stopped" : "unreachable";
            return away + (problem.isEmpty() ? "" : "; " + problem);
        }
        int contested = agent.path("contested").size();
        return contested == 0
                ? problem
                : Fields.number(contested, "database")
                        + " announced by another agent too"
                        + (problem.isEmpty() ? "" : "; " + problem);
    }
}
