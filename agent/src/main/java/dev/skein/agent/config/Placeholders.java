package dev.skein.agent.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names in braces that stand for what differs from one database to the next. */
public final class Placeholders {
    /** The password of the server's role. */
    public static final String PASSWORD = "password";

    /** What a plan calls the migration. */
    public static final String MIGRATION = "migration";

    /** {@code up} or {@code down}. */
    public static final String DIRECTION = "direction";

    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)(?:\\.([A-Za-z0-9_-]+))?\\}");
    private static final Set<String> PLAIN =
            Set.of(
                    "host",
                    "port",
                    "user",
                    "database",
                    "schema",
                    "server",
                    PASSWORD,
                    MIGRATION,
                    DIRECTION);

    /** Of the server, and of the agent's own environment. */
    private static final Set<String> QUALIFIED = Set.of("label", "env");

    private Placeholders() {}

    /**
     * @throws IllegalArgumentException if the text has a placeholder that means nothing
     */
    static void requireKnown(String text) {
        NAME.matcher(text).results().forEach(found -> requireKnown(found.group(1), found.group(2)));
    }

    private static void requireKnown(String name, String detail) {
        boolean known = detail == null ? PLAIN.contains(name) : QUALIFIED.contains(name);
        if (!known) {
            throw new IllegalArgumentException(
                    "{%s} is no placeholder; there are {host}, {port}, {user}, {password},"
                                    .formatted(detail == null ? name : name + "." + detail)
                            + " {database}, {schema}, {server}, {migration}, {direction},"
                            + " {label.NAME} and {env.NAME}");
        }
    }

    /** As {@link #requireKnown}, for what every user of the machine can read. */
    static void requirePublic(String text) {
        requireKnown(text);
        NAME.matcher(text)
                .results()
                .filter(found -> Set.of(PASSWORD, "env").contains(found.group(1)))
                .findFirst()
                .ifPresent(
                        found -> {
                            throw new IllegalArgumentException(
                                    found.group()
                                            + " would be read on the command line by everybody on"
                                            + " the machine; hand it over under 'environment'");
                        });
    }

    /** The labels that the text asks for. */
    static Stream<String> labelsIn(String text) {
        return NAME.matcher(text)
                .results()
                .filter(found -> found.group(1).equals("label"))
                .map(found -> found.group(2));
    }

    /** The text with that schema's name where it asks for one. */
    static String inSchema(String text, String schema) {
        return text.replace("{schema}", schema);
    }

    /**
     * The text with its values; in an address of the kind {@code scheme://…} they are encoded as
     * parts of one.
     *
     * @param qualified the value of {@code label.NAME} and {@code env.NAME}
     */
    public static String fill(
            String text, Map<String, String> values, Function<String, String> qualified) {
        boolean address = text.contains("://");
        return NAME.matcher(text)
                .replaceAll(
                        found -> {
                            String value =
                                    found.group(2) == null
                                            ? values.getOrDefault(found.group(1), "")
                                            : qualified.apply(
                                                    found.group(1) + "." + found.group(2));
                            return Matcher.quoteReplacement(address ? encoded(value) : value);
                        });
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
