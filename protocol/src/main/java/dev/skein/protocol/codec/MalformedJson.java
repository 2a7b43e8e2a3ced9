package dev.skein.protocol.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A text that is not JSON, or JSON that is not the value it should be.
 *
 * <p>The message says what was read, where in it the reader stopped and why, in words that need no
 * knowledge of the code: {@code plan: migrations[3].script is missing or not a text}.
 */
public final class MalformedJson extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** How Jackson begins the message of an exception that has no type of its own. */
    private static final String TRAILING = "Trailing token";

    private MalformedJson(String message, Throwable cause) {
        super(message, cause);
    }

    static MalformedJson of(String what, IOException cause) {
        if (cause instanceof JsonMappingException mapping) {
            String path = path(mapping.getPath());
            String where = path.isEmpty() ? what : what + ": " + path;
            return new MalformedJson(where + " " + reason(mapping), cause);
        }
        if (cause instanceof JsonProcessingException syntax) {
            return new MalformedJson(
                    what + ": " + place(syntax.getLocation()) + syntax.getOriginalMessage(), cause);
        }
        return new MalformedJson(what + " cannot be read: " + cause.getMessage(), cause);
    }

    private static String place(JsonLocation location) {
        return location == null
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    private static String path(List<Reference> references) {
        StringBuilder path = new StringBuilder();
        for (Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String reason(JsonMappingException mapping) {
        if (mapping instanceof ValueInstantiationException && mapping.getCause() != null) {
            return "is not valid: " + mapping.getCause().getMessage();
        }
        if (mapping instanceof InvalidTypeIdException type) {
            return type.getTypeId() == null
                    ? "has no type"
                    : "has the unknown type '" + type.getTypeId() + "'";
        }
        if (mapping instanceof InvalidFormatException format) {
            return "cannot be '" + format.getValue() + "': " + lastPart(format);
        }
        if (mapping.getOriginalMessage().startsWith(TRAILING)) {
            return "is followed by something else";
        }
        if (mapping instanceof MismatchedInputException mismatch) {
            return "is missing or not " + kind(mismatch.getTargetType());
        }
        Throwable cause = mapping.getCause();
        return "is not valid: "
                + (cause == null ? mapping.getOriginalMessage() : cause.getMessage());
    }

    /** Jackson puts Java's names before its own reason; what follows them is for people. */
    private static String lastPart(InvalidFormatException format) {
        String message = format.getOriginalMessage();
        int colon = message.lastIndexOf("\": ");
        boolean fromJava = colon < 0 || isTime(format.getTargetType());
        return fromJava
                ? "not " + kind(format.getTargetType())
                : message.substring(colon + "\": ".length());
    }

    private static boolean isTime(Class<?> type) {
        return type == Duration.class || type == Instant.class;
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "of the expected kind";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (isTime(type)) {
            return "in ISO-8601, such as "
                    + (type == Duration.class ? "PT1M30S" : "2026-01-02T15:04:05Z");
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() ? "an object" : "of the expected kind";
    }
}
