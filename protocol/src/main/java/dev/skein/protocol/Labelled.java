package dev.skein.protocol;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An enum whose constants have a name for files, for the wire and for people.
 *
 * <p>Labels are in kebab case and distinct within their enum; a constant can be renamed in the code
 * without touching what was written before.
 */
public interface Labelled {
    /** The name in files, on the wire and for people. */
    String label();

    /** The constant of that label, or empty. */
    static <E extends Enum<E> & Labelled> Optional<E> of(Class<E> type, String label) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.label().equals(label))
                .findFirst();
    }

    /** All labels of the enum, for a message that says what there is to choose from. */
    static <E extends Enum<E> & Labelled> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Labelled::label)
                .collect(Collectors.joining(", "));
    }
}
