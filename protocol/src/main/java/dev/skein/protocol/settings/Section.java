package dev.skein.protocol.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A node of the tree with its path: remembers which of its keys were asked for. */
final class Section {
    private final ProblemCollector findings;
    private final JsonNode node;
    private final String path;
    private final boolean overridable;
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, Section> children = new LinkedHashMap<>();
    private boolean abandoned;

    Section(ProblemCollector findings, JsonNode node, String path, boolean overridable) {
        this.findings = findings;
        this.path = path;
        this.overridable = overridable;
        this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
        if (!node.isObject() && !node.isMissingNode()) {
            findings.add(path, "is not a section of keys but " + Scalars.kind(node));
        }
    }

    ProblemCollector findings() {
        return findings;
    }

    String path() {
        return path;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** All keys of this section, whatever they are. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean holdsValue(String key) {
        asked.add(key);
        return node.path(key).isValueNode();
    }

    void problem(String key, String message) {
        findings.add(pathOf(key), message);
    }

    Optional<String> override(String key) {
        return overridable ? findings.override(pathOf(key)) : Optional.empty();
    }

    /** The value of a key, overridden by the environment or not; notes why it cannot be had. */
    <T> Optional<T> optional(String key, Function<JsonNode, T> convert) {
        asked.add(key);
        Optional<String> override = override(key);
        if (override.isPresent()) {
            String origin = " (from " + ProblemCollector.variableName(pathOf(key)) + ")";
            return converted(pathOf(key), TextNode.valueOf(override.get()), convert, origin);
        }
        JsonNode value = node.path(key);
        return value.isMissingNode()
                ? Optional.empty()
                : converted(pathOf(key), value, convert, "");
    }

    private <T> Optional<T> converted(
            String place, JsonNode value, Function<JsonNode, T> convert, String origin) {
        try {
            if (!value.isNull()) {
                return Optional.of(convert.apply(value));
            }
            findings.add(place, "has no value");
        } catch (IllegalArgumentException wrong) {
            findings.add(place, wrong.getMessage() + origin);
        }
        return Optional.empty();
    }

    boolean isBroken(String key) {
        return findings.isBroken(pathOf(key));
    }

    /** The values of a list, without those that cannot be had. */
    <T> List<T> elements(String key, Function<JsonNode, T> convert) {
        List<T> values = new ArrayList<>();
        List<JsonNode> elements = list(key);
        for (int index = 0; index < elements.size(); index++) {
            converted(pathOf(key, index), elements.get(index), convert, "").ifPresent(values::add);
        }
        return Collections.unmodifiableList(values);
    }

    /** All values of this section by key, whatever the keys are. */
    <T> SortedMap<String, T> entries(Function<JsonNode, T> convert) {
        SortedMap<String, T> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            asked.add(entry.getKey());
            converted(pathOf(entry.getKey()), entry.getValue(), convert, "")
                    .ifPresent(value -> entries.put(entry.getKey(), value));
        }
        return entries;
    }

    Section child(String key) {
        asked.add(key);
        return child(pathOf(key), node.path(key), overridable);
    }

    List<Section> children(String key) {
        List<JsonNode> elements = list(key);
        return IntStream.range(0, elements.size())
                .mapToObj(index -> child(pathOf(key, index), elements.get(index), false))
                .toList();
    }

    /** Its reader gave up halfway, so that keys not asked for mean nothing. */
    void abandon() {
        abandoned = true;
    }

    /** Reports each key that was not asked for, here and in all children. */
    void reportUnknownKeys() {
        if (abandoned) {
            return;
        }
        node.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!asked.contains(key)) {
                                findings.add(pathOf(key), unknown(key));
                            }
                        });
        children.values().forEach(Section::reportUnknownKeys);
    }

    private String unknown(String key) {
        List<String> free = asked.stream().filter(each -> !node.has(each)).toList();
        return "is not a known key; "
                + SpellingSuggestion.to(key, free)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse("known here are " + String.join(", ", asked));
    }

    private List<JsonNode> list(String key) {
        asked.add(key);
        JsonNode list = node.path(key);
        if (!list.isArray() && !list.isMissingNode()) {
            findings.add(pathOf(key), "is not a list but " + Scalars.kind(list));
        }
        List<JsonNode> elements = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(elements::add);
        }
        return elements;
    }

    /** The same child for the same path, so that all keys asked of it are known at the end. */
    private Section child(String itsPath, JsonNode itsNode, boolean itsKeysOverridable) {
        return children.computeIfAbsent(
                itsPath, same -> new Section(findings, itsNode, same, itsKeysOverridable));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String pathOf(String key, int index) {
        return pathOf(key) + "[" + index + "]";
    }
}
