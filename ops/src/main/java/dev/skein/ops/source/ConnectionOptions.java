package dev.skein.ops.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings that a framework's own connection would have the server make, such as {@code -c
 * role=app}. Agents connect by themselves, so a plan loses them, and whoever builds it is told.
 */
public final class ConnectionOptions {
    private static final Pattern PARAMETER = Pattern.compile("[?&]options=([^&\\s\"'`]+)");

    /** {@code -c name=value}, {@code -cname=value} and {@code --name=value}. */
    private static final Pattern OPTION =
            Pattern.compile("(?:^|\\s)(?:-c\\s*|--)([A-Za-z_][\\w.-]*)=((?:\\\\.|\\S)*)");

    /** What every agent sets for itself, or what changes nothing that a script does. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "application_name",
                    "client_min_messages",
                    "idle_in_transaction_session_timeout",
                    "lock_timeout",
                    "statement_timeout",
                    "tcp_keepalives_count",
                    "tcp_keepalives_idle",
                    "tcp_keepalives_interval");

    private ConnectionOptions() {}

    /** Those in the addresses of a text, as {@code name=value}. */
    public static List<String> inAddresses(String text) {
        return PARAMETER
                .matcher(text)
                .results()
                .flatMap(found -> stream(decoded(found.group(1))))
                .toList();
    }

    /** Those of the parameter {@code options} itself. */
    public static List<String> in(String options) {
        return stream(options).toList();
    }

    /** A line about one of them, found there. */
    public static String remark(String place, String option) {
        return "%s: %s in the options of the connection has no effect: agents connect by"
                        .formatted(place, option)
                + " themselves; give the agent's role this setting by 'alter role … set'";
    }

    private static Stream<String> stream(String options) {
        Matcher each = OPTION.matcher(options);
        return each.results()
                .filter(found -> !HARMLESS.contains(name(found.group(1))))
                .map(found -> name(found.group(1)) + "=" + unescaped(found.group(2)));
    }

    private static String name(String written) {
        return written.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static String unescaped(String value) {
        return value.replaceAll("\\\\(.)", "$1");
    }

    private static String decoded(String parameter) {
        try {
            return URLDecoder.decode(parameter, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return parameter;
        }
    }
}
