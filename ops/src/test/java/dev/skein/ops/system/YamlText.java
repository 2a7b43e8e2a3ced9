package dev.skein.ops.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Strategies, configurations and bodies of requests, written as a person would. */
final class YamlText {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private YamlText() {}

    /** The object that the text holds; an empty text is an empty object. */
    static ObjectNode tree(String text) {
        try {
            return text.isBlank() ? MAPPER.createObjectNode() : (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no YAML: " + text, e);
        }
    }
}
