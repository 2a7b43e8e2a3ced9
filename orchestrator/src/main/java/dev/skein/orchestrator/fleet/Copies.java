package dev.skein.orchestrator.fleet;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ordered copies that nobody can change. */
final class Copies {
    private Copies() {}

    static <K, V> SortedMap<K, V> copy(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
