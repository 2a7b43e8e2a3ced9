package dev.skein.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.skein.protocol.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one way in which Skein writes values as JSON and reads them back.
 *
 * <p>Safe on any thread. What the JSON looks like:
 *
 * <ul>
 *   <li>Names are those of the record's components, in camel case; ids are text.
 *   <li>Instants and durations are ISO-8601 text; labelled enums are their label.
 *   <li>An empty optional is left out. On reading, a missing optional is empty, a missing list or
 *       map has no entries, and any other missing component is an error.
 *   <li>Steps and probes say what they are by a property {@code type}.
 *   <li>Properties that are not known are passed over on reading.
 * </ul>
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMappers.create();
    private static final ObjectWriter CANONICAL =
            MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    /** The mapper itself, for edges that stream; nobody may configure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** The value as UTF-8, without white space. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException cause) {
            throw new UncheckedIOException("cannot write as JSON: " + nameOf(value), cause);
        }
    }

    /** The value as text for people: indented. */
    public static String pretty(Object value) {
        try {
            return PRETTY.writeValueAsString(value);
        } catch (JsonProcessingException cause) {
            throw new UncheckedIOException("cannot write as JSON: " + nameOf(value), cause);
        }
    }

    /** The value as a tree of nodes. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * The one byte sequence that stands for the value: UTF-8, no white space, properties sorted by
     * their UTF-16 code units.
     */
    public static byte[] canonical(Object value) {
        try {
            return CANONICAL.writeValueAsBytes(tree(value));
        } catch (JsonProcessingException cause) {
            throw new UncheckedIOException("cannot write as JSON: " + nameOf(value), cause);
        }
    }

    /** The SHA-256 of the value's canonical bytes, as 64 lowercase hexadecimal digits. */
    public static String sha256(Object value) {
        return Sha256.hex(canonical(value));
    }

    /**
     * Reads one value.
     *
     * @param what is read, for the message: "plan", "request body"
     * @throws MalformedJson if the text is not JSON, or not that kind of value
     */
    public static <T> T read(byte[] json, Class<T> type, String what) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException cause) {
            throw MalformedJson.of(what, cause);
        }
    }

    /**
     * Reads a value from a tree.
     *
     * @throws MalformedJson if the tree is not that kind of value
     */
    public static <T> T read(JsonNode tree, Class<T> type, String what) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException cause) {
            throw MalformedJson.of(what, cause);
        }
    }

    /**
     * Parses any JSON, refusing a property that stands twice in one object.
     *
     * @throws MalformedJson if the text is not JSON
     */
    public static JsonNode parse(byte[] json, String what) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            return MAPPER.readValue(parser, JsonNode.class);
        } catch (IOException cause) {
            throw MalformedJson.of(what, cause);
        }
    }

    private static String nameOf(Object value) {
        return value == null ? "null" : value.getClass().getName();
    }
}
