package dev.skein.orchestrator.http;

import dev.skein.orchestrator.rollout.TargetState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which databases of the fleet are asked for: all labels given must match, and one of the values
 * given for each other parameter.
 */
final class DatabaseFilter implements Predicate<DatabaseRow> {
    static final String LABEL = "label";
    static final String VERSION = "version";
    static final String STATE = "state";
    static final String AGENT = "agent";

    private final List<Label> labels;
    private final List<String> versions;
    private final List<String> states;
    private final List<String> agents;

    private DatabaseFilter(QueryParameters query) {
        labels = query.all(LABEL, Label::parse);
        versions = query.all(VERSION);
        states = query.all(STATE, DatabaseFilter::state);
        agents = query.all(AGENT);
    }

    static DatabaseFilter of(QueryParameters query) {
        return new DatabaseFilter(query);
    }

    private record Label(String key, String value) {
        static Label parse(String text) {
            int separator = text.indexOf('=');
            if (separator < 1) {
                throw new IllegalArgumentException("'" + text + "' is not of the form key=value");
            }
            return new Label(text.substring(0, separator), text.substring(separator + 1));
        }

        boolean matches(DatabaseRow row) {
            return value.equals(row.labels().get(key));
        }
    }

    private static String state(String text) {
        List<String> known =
                new ArrayList<>(
                        Arrays.stream(TargetState.values()).map(TargetState::label).toList());
        known.add(DatabaseRow.NONE);
        if (!known.contains(text)) {
            throw QueryParameters.noneOf(text, known);
        }
        return text;
    }

    @Override
    public boolean test(DatabaseRow row) {
        return labels.stream().allMatch(each -> each.matches(row))
                && isAmong(versions, row.versionOrNone())
                && isAmong(states, row.stateOrNone())
                && isAmong(agents, row.agentOrNone());
    }

    private static boolean isAmong(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
