package dev.skein.protocol.codec;

import java.util.Arrays;
import java.util.stream.Stream;

/** Walks a sealed hierarchy down to its records. */
final class SealedTree {
    private SealedTree() {}

    static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedTree::leaves)
                : Stream.of(type);
    }
}
