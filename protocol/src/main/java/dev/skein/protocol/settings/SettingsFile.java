package dev.skein.protocol.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML, of which JSON is a part, into trees of settings. Safe on any thread. */
public final class SettingsFile {
    private static final ObjectMapper YAML =
            YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    // A label such as 1.10 stays what was written.
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private SettingsFile() {}

    /**
     * Reads a file as one value.
     *
     * @param environment variables that override keys and hold secrets
     * @param reader builds the value; an IllegalArgumentException of its is a problem
     * @throws SettingsInvalid if the file cannot be read, is not YAML, or holds anything wrong
     */
    public static <T> T read(
            Path file, Map<String, String> environment, Function<Settings, T> reader) {
        return Settings.read(file.toString(), read(file), environment, reader);
    }

    /**
     * The tree in a file; missing where the file is empty.
     *
     * @throws SettingsInvalid if the file cannot be read or is not YAML
     */
    public static JsonNode read(Path file) {
        return parse(file.toString(), content(file));
    }

    /**
     * The tree in a text; missing where the text is empty.
     *
     * @param source what the text is, for the message
     * @throws SettingsInvalid if the text is not YAML, has a key twice or more than one document
     */
    public static JsonNode parse(String source, String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException malformed) {
            throw invalid(source, place(malformed.getLocation()) + reason(malformed));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw invalid(file.toString(), "the file does not exist");
        } catch (AccessDeniedException e) {
            throw invalid(file.toString(), "the file may not be read by this user");
        } catch (CharacterCodingException e) {
            throw invalid(file.toString(), "the file is not UTF-8 text");
        } catch (IOException e) {
            throw invalid(file.toString(), "the file cannot be read: " + e.getMessage());
        }
    }

    private static String place(JsonLocation location) {
        return location == null
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String reason(JsonProcessingException malformed) {
        if (malformed instanceof MismatchedInputException) {
            return "a second document begins where the text should end";
        }
        return malformed.getCause() instanceof MarkedYAMLException marked
                ? marked.getProblem()
                : malformed.getOriginalMessage();
    }

    private static SettingsInvalid invalid(String source, String message) {
        return new SettingsInvalid(source, List.of(new Problem("", message)));
    }
}
