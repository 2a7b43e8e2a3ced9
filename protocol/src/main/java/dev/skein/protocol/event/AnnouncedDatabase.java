package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A database an agent found, with its labels (those of its server counted in). */
public record AnnouncedDatabase(DatabaseId database, SortedMap<String, String> labels) {
    /** Copies the map. */
    public AnnouncedDatabase {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
