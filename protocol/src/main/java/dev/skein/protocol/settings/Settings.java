package dev.skein.protocol.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.Labelled;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One section of a tree of settings, asked key by key; see the package for an example.
 *
 * <p>Asking never throws. What is missing or wrong is noted with its full path, and the answer is a
 * placeholder: the default where there is one, else an empty or the smallest value, else null. A
 * record made of placeholders never reaches the caller of {@link #read}. For one thread.
 */
public final class Settings {
    private final Section section;

    private Settings(Section section) {
        this.section = section;
    }

    /**
     * Reads a whole tree as one value.
     *
     * @param source what the tree was read from, for the message
     * @param environment variables that override keys and hold secrets
     * @param reader builds the value; an IllegalArgumentException of its is a problem
     * @throws SettingsInvalid if anything is wrong, with all that is
     */
    public static <T> T read(
            String source,
            JsonNode tree,
            Map<String, String> environment,
            Function<Settings, T> reader) {
        ProblemCollector findings = new ProblemCollector(environment);
        Section root = new Section(findings, tree, "", true);
        Optional<T> value = new Settings(root).as(reader);
        root.reportUnknownKeys();
        if (findings.count() > 0) {
            throw new SettingsInvalid(source, findings.all());
        }
        return value.orElseThrow(() -> new IllegalStateException("the reader gave nothing"));
    }

    /** A text that must be there and not be blank; whole numbers count as texts. */
    public String text(String key) {
        return required(key, this::optionalText, "");
    }

    /** A text that is not blank. */
    public String text(String key, String defaultValue) {
        return optionalText(key).orElse(defaultValue);
    }

    /** A text that is not blank, where there is one. */
    public Optional<String> optionalText(String key) {
        return section.optional(key, Scalars::text);
    }

    /**
     * A value that must be there, written as text.
     *
     * @param parse throws IllegalArgumentException with the reason if the text is not one
     */
    public <T> T value(String key, Function<String, T> parse) {
        return required(key, name -> optionalValue(name, parse), null);
    }

    /** A value written as text, where there is one; see {@link #value}. */
    public <T> Optional<T> optionalValue(String key, Function<String, T> parse) {
        return section.optional(key, parsed(parse));
    }

    /** A whole number in range that must be there. */
    public int number(String key, int min, int max) {
        return required(
                key, name -> section.optional(name, value -> Scalars.number(value, min, max)), min);
    }

    /** A whole number in range. */
    public int number(String key, int defaultValue, int min, int max) {
        return optionalNumber(key, min, max).orElse(defaultValue);
    }

    /** A whole number in range, where there is one. */
    public OptionalInt optionalNumber(String key, int min, int max) {
        return section.optional(key, value -> Scalars.number(value, min, max))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    /** A duration such as {@code 10m} that must be there; see {@link Durations#parse}. */
    public Duration duration(String key) {
        return required(key, this::optionalDuration, Duration.ZERO);
    }

    /** A duration; see {@link Durations#parse}. */
    public Duration duration(String key, Duration defaultValue) {
        return optionalDuration(key).orElse(defaultValue);
    }

    /** A duration from min to max, both included. */
    public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
        return section.optional(key, parsed(text -> Scalars.duration(text, min, max)))
                .orElse(defaultValue);
    }

    /** A duration, where there is one; see {@link Durations#parse}. */
    public Optional<Duration> optionalDuration(String key) {
        return section.optional(key, parsed(Durations::parse));
    }

    /** True or false. */
    public boolean flag(String key, boolean defaultValue) {
        return section.optional(key, Scalars::flag).orElse(defaultValue);
    }

    /** A number of bytes from min to max, such as {@code 16MiB}; see {@link ByteSizes#parse}. */
    public long bytes(String key, long defaultValue, long min, long max) {
        return section.optional(key, parsed(text -> Scalars.bytes(text, min, max)))
                .orElse(defaultValue);
    }

    /** One of an enum's labels that must be there. */
    public <E extends Enum<E> & Labelled> E choice(String key, Class<E> type) {
        return required(
                key, name -> section.optional(name, value -> Scalars.choice(value, type)), null);
    }

    /** One of an enum's labels. */
    public <E extends Enum<E> & Labelled> E choice(String key, E defaultValue) {
        Class<E> type = defaultValue.getDeclaringClass();
        return section.optional(key, value -> Scalars.choice(value, type)).orElse(defaultValue);
    }

    /** A list of texts; none where the key is absent. */
    public List<String> texts(String key) {
        return values(key, Function.identity());
    }

    /** A list of values written as text; none where the key is absent; see {@link #value}. */
    public <T> List<T> values(String key, Function<String, T> parse) {
        return section.elements(key, parsed(parse));
    }

    /** Texts by name, in order of their names; numbers and booleans become text. */
    public SortedMap<String, String> labels(String key) {
        return Collections.unmodifiableSortedMap(section.child(key).entries(Scalars::label));
    }

    /** A password or token that must be there, as {@code {file: PATH}} or {@code {env: NAME}}. */
    public Secret secret(String key) {
        return required(key, this::optionalSecret, null);
    }

    /** A password or token, where there is one; see {@link #secret}. */
    public Optional<Secret> optionalSecret(String key) {
        if (section.holdsValue(key)) {
            problem(key, "must not be written here; give { file: PATH } or { env: NAME }");
            return Optional.empty();
        }
        Settings source = section(key);
        boolean given = section.has(key) || source.has("file") || source.has("env");
        return given ? source.as(Settings::pointedTo) : Optional.empty();
    }

    private Secret pointedTo() {
        Optional<String> file = optionalText("file");
        Optional<String> variable = optionalText("env");
        if (file.isPresent() == variable.isPresent()) {
            throw new IllegalArgumentException("needs either a file or an env");
        }
        return file.map(SecretSource::fromFile)
                .orElseGet(
                        () ->
                                SecretSource.fromVariable(
                                        variable.orElseThrow(), section.findings()));
    }

    /** Whether the key is there, in the tree or by the environment. */
    public boolean has(String key) {
        return section.has(key) || section.override(key).isPresent();
    }

    /** A section; one without keys where it is absent, so that its defaults apply. */
    public Settings section(String key) {
        return new Settings(section.child(key));
    }

    /**
     * A section read as one value, where the tree has it and nothing is wrong with it.
     *
     * @param reader builds the value; an IllegalArgumentException of its is a problem
     */
    public <T> Optional<T> section(String key, Function<Settings, T> reader) {
        Settings child = section(key);
        return section.has(key) ? child.as(reader) : Optional.empty();
    }

    /** The sections of a list; none where the key is absent. */
    public List<Settings> sections(String key) {
        return section.children(key).stream().map(Settings::new).toList();
    }

    /**
     * The sections of a list, each read as one value; those with problems are left out.
     *
     * @param reader builds the value; an IllegalArgumentException of its is a problem
     */
    public <T> List<T> sections(String key, Function<Settings, T> reader) {
        return sections(key).stream().flatMap(each -> each.as(reader).stream()).toList();
    }

    /**
     * The sections of a section, by their names, each read as one value; those with problems are
     * left out.
     *
     * @param reader builds the value of a name; an IllegalArgumentException of its is a problem
     */
    public <T> SortedMap<String, T> named(String key, BiFunction<String, Settings, T> reader) {
        Settings parent = section(key);
        SortedMap<String, T> values = new TreeMap<>();
        for (String name : parent.section.names()) {
            parent.section(name)
                    .as(each -> reader.apply(name, each))
                    .ifPresent(value -> values.put(name, value));
        }
        return values;
    }

    /** Notes a problem that only the reader can see, at a key of this section. */
    public void problem(String key, String message) {
        section.problem(key, message);
    }

    /**
     * Whether a problem of this key was noted already: what follows from it, such as that the key
     * names nothing, is none of its own.
     */
    public boolean isBroken(String key) {
        return section.isBroken(key);
    }

    /** What was made of placeholders says nothing: its exceptions and its value are dropped. */
    private <T> Optional<T> as(Function<Settings, T> reader) {
        ProblemCollector findings = section.findings();
        int before = findings.count();
        Optional<T> value = Optional.empty();
        try {
            value = Optional.ofNullable(reader.apply(this));
        } catch (IllegalArgumentException refused) {
            section.abandon();
            if (findings.count() == before) {
                findings.add(section.path(), refused.getMessage());
            }
        } catch (NullPointerException placeholder) {
            section.abandon();
            if (findings.count() == before) {
                throw placeholder;
            }
        }
        return findings.count() == before ? value : Optional.empty();
    }

    private <T> T required(String key, Function<String, Optional<T>> ask, T placeholder) {
        int before = section.findings().count();
        Optional<T> value = ask.apply(key);
        if (value.isEmpty() && section.findings().count() == before) {
            problem(key, "is missing");
        }
        return value.orElse(placeholder);
    }

    private static <T> Function<JsonNode, T> parsed(Function<String, T> parse) {
        return value -> parse.apply(Scalars.text(value));
    }
}
