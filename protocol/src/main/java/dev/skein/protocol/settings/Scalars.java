package dev.skein.protocol.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.Labelled;
import java.time.Duration;

/**
 * Turns one value of the tree into what was asked for; each throws with the reason if it cannot.
 */
final class Scalars {
    private Scalars() {}

    static String text(JsonNode node) {
        if (!node.isTextual() && !node.isIntegralNumber()) {
            boolean scalar = node.isBoolean() || node.isNumber();
            throw new IllegalArgumentException(
                    scalar
                            ? node.asText() + " is not a text; put it in quotes"
                            : "is not a text but " + kind(node));
        }
        if (node.asText().isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
        return node.asText();
    }

    static String label(JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw new IllegalArgumentException("is not a text but " + kind(node));
        }
        return node.asText();
    }

    static int number(JsonNode node, int min, int max) {
        String text = node.isContainerNode() ? kind(node) : node.asText();
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            // Reported below, together with what is out of range.
        }
        throw new IllegalArgumentException(
                text + " is not a whole number from " + min + " to " + max);
    }

    static Duration duration(String text, Duration min, Duration max) {
        Duration duration = Durations.parse(text);
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    text
                            + " is not a duration from "
                            + Durations.format(min)
                            + " to "
                            + Durations.format(max));
        }
        return duration;
    }

    static long bytes(String text, long min, long max) {
        long bytes = ByteSizes.parse(text);
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                    text + " is not a size from " + min + " to " + max + " bytes");
        }
        return bytes;
    }

    static boolean flag(JsonNode node) {
        String text = node.isContainerNode() ? kind(node) : node.asText();
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    static <E extends Enum<E> & Labelled> E choice(JsonNode node, Class<E> type) {
        String label = text(node);
        return Labelled.of(type, label)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + label + "' is none of " + Labelled.choices(type)));
    }

    /** Names the kind of value, for messages. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "a section of keys";
            case ARRAY -> "a list";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a text";
            default -> "nothing";
        };
    }
}
