package dev.skein.orchestrator.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The query of one request, read strictly: a parameter that is not known, or that cannot be used,
 * is a {@link RequestRefused} and never passed over, because a mistyped filter would answer with
 * everything.
 */
final class QueryParameters {
    private final RoutingContext context;

    private QueryParameters(RoutingContext context) {
        this.context = context;
    }

    static QueryParameters of(RoutingContext context, String... known) {
        List<String> names = List.of(known);
        for (String name : context.queryParams().names()) {
            if (!names.contains(name)) {
                throw HttpProblem.parameter(name, "is not known here; " + choice(names)).refused();
            }
        }
        return new QueryParameters(context);
    }

    private static String choice(List<String> names) {
        if (names.isEmpty()) {
            return "none is";
        }
        return String.join(", ", names) + (names.size() == 1 ? " is" : " are");
    }

    List<String> all(String name) {
        return context.queryParam(name);
    }

    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw HttpProblem.parameter(name, "is given " + values.size() + " times; give it once")
                    .refused();
        }
        return values.stream().findFirst();
    }

    /** A value that its reader may refuse with an IllegalArgumentException. */
    <T> Optional<T> one(String name, Function<String, T> read) {
        return one(name).map(text -> read(name, text, read));
    }

    <T> List<T> all(String name, Function<String, T> read) {
        return all(name).stream().map(text -> read(name, text, read)).toList();
    }

    private static <T> T read(String name, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException refused) {
            throw HttpProblem.parameter(name, "cannot be used: " + refused.getMessage()).refused();
        }
    }

    int number(String name, int defaultValue, int min, int max) {
        return one(name, text -> number(text, min, max)).orElse(defaultValue);
    }

    private static int number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            // Reported below, together with what is out of range.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a whole number from " + min + " to " + max);
    }

    /** Reads one of these values by its label; the refusal names the choices. */
    static <E> Function<String, E> oneOf(E[] values, Function<E, String> label) {
        return text ->
                Arrays.stream(values)
                        .filter(each -> label.apply(each).equals(text))
                        .findFirst()
                        .orElseThrow(() -> noneOf(text, Arrays.stream(values).map(label).toList()));
    }

    static IllegalArgumentException noneOf(String text, List<String> choices) {
        return new IllegalArgumentException(
                "'" + text + "' is none of " + String.join(", ", choices));
    }
}
