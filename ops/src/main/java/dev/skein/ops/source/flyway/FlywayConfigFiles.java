package dev.skein.ops.source.flyway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads Flyway's configuration: {@code flyway.toml} and {@code flyway.user.toml}, or else {@code
 * flyway.conf}, of the directory; then the file that was named, whose values win.
 */
final class FlywayConfigFiles {
    private static final List<String> MODERN = List.of("flyway.toml", "flyway.user.toml");
    private static final String CLASSIC = "flyway.conf";
    private static final String PREFIX = "flyway.";
    private static final Pattern CLASSIC_VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final Pattern MODERN_VARIABLE = Pattern.compile("\\$\\{env\\.([A-Za-z0-9_]+)}");

    private final Function<Path, SourceTree> trees;
    private final Function<String, Optional<String>> environment;
    private final PlanProblems problems;

    FlywayConfigFiles(
            Function<Path, SourceTree> trees,
            Function<String, Optional<String>> environment,
            PlanProblems problems) {
        this.trees = trees;
        this.environment = environment;
        this.problems = problems;
    }

    /** Whatever there is; empty if neither the directory nor a person names a file. */
    Optional<FlywayConfig> read(Path directory, Optional<Path> named) throws IOException {
        SourceTree tree = trees.apply(directory);
        List<String> present = tree.files();
        List<String> found =
                MODERN.stream().anyMatch(present::contains)
                        ? MODERN.stream().filter(present::contains).toList()
                        : present.stream().filter(CLASSIC::equals).toList();
        Optional<FlywayConfig> config = Optional.empty();
        for (String name : found) {
            config =
                    Optional.of(config.orElse(FlywayConfig.none()).under(parsed(tree, name, name)));
        }
        if (named.isPresent()) {
            Path file = named.get().toAbsolutePath();
            FlywayConfig explicit =
                    parsed(
                            trees.apply(file.getParent()),
                            file.getFileName().toString(),
                            named.get().toString());
            config = Optional.of(config.orElse(FlywayConfig.none()).under(explicit));
        }
        return config;
    }

    private FlywayConfig parsed(SourceTree tree, String name, String shown) {
        try {
            String text = new String(tree.bytes(name), StandardCharsets.UTF_8);
            return name.endsWith(".toml") ? modern(text) : classic(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(
                    shown,
                    line,
                    PlanProblemCode.CONFIGURATION,
                    "the file is no TOML: " + e.getOriginalMessage(),
                    "Mend the line");
        } catch (IOException e) {
            problems.add(
                    shown,
                    PlanProblemCode.UNREADABLE,
                    "the configuration cannot be read: " + IoReason.of(e),
                    "Check its name and its permissions");
        }
        return FlywayConfig.none();
    }

    private FlywayConfig classic(String text) throws IOException {
        Map<String, String> values = new TreeMap<>();
        classicProperties(expanded(text, CLASSIC_VARIABLE))
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(PREFIX)) {
                                values.put(key.substring(PREFIX.length()), value);
                            }
                        });
        return new FlywayConfig(values);
    }

    /** The keys of a file in Flyway's own reading of properties, where a backslash is itself. */
    static Map<String, String> classicProperties(String text) throws IOException {
        List<String> lines = text.lines().map(String::strip).toList();
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\\", "\\\\");
            String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
            boolean continued =
                    line.endsWith("\\\\")
                            && !next.isEmpty()
                            && !(next.startsWith(PREFIX) && next.contains("="));
            escaped.append(continued ? line.substring(0, line.length() - 1) : line).append('\n');
        }
        Properties properties = new Properties();
        properties.load(new StringReader(escaped.toString()));
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private String expanded(String text, Pattern variable) {
        return variable.matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        environment.apply(found.group(1)).orElse("")));
    }

    /** The section {@code flyway}, under what the chosen environment says. */
    private FlywayConfig modern(String text) throws IOException {
        JsonNode root = new TomlMapper().readTree(text);
        Map<String, String> values = new TreeMap<>();
        flatten("", root.path("flyway"), values);
        String name = values.getOrDefault("environment", FlywaySettings.DEFAULT_ENVIRONMENT);
        JsonNode chosen = root.path("environments").path(name);
        for (String key : List.of("schemas", "initSql")) {
            if (chosen.has(key)) {
                values.put(key, text(chosen.path(key)));
            }
        }
        values.putAll(connectionOf(chosen));
        flatten("", chosen.path("flyway"), values);
        return new FlywayConfig(values);
    }

    /** Flyway fills in variables in what an environment says of the connection, nowhere else. */
    private Map<String, String> connectionOf(JsonNode chosen) {
        Map<String, String> values = new TreeMap<>();
        flatten("jdbcProperties.", chosen.path("jdbcProperties"), values);
        if (chosen.has("url")) {
            values.put("url", text(chosen.path("url")));
        }
        values.replaceAll((key, value) -> expanded(value, MODERN_VARIABLE));
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        node.properties()
                .forEach(
                        entry -> {
                            String key = path + entry.getKey();
                            if (entry.getValue().isObject()) {
                                flatten(key + ".", entry.getValue(), values);
                            } else {
                                values.put(key, text(entry.getValue()));
                            }
                        });
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }
}
