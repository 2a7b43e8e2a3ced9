package dev.skein.protocol.plan;

import dev.skein.protocol.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The digest of each object of a schema, at one time.
 *
 * @param digests 16 hexadecimal digits by the object's kind and name
 */
public record Fingerprint(SortedMap<String, String> digests) {
    /** Copies the map. */
    public Fingerprint {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** One text for the whole schema, 64 hexadecimal digits. */
    public String whole() {
        StringBuilder lines = new StringBuilder();
        digests.forEach((object, digest) -> lines.append(object + " " + digest + "\n"));
        return Sha256.hex(lines.toString());
    }

    /** The digest of that object; absent if there is no such object. */
    public Optional<String> digest(String object) {
        return Optional.ofNullable(digests.get(object));
    }

    /** The digests of those of these objects that are there. */
    public SortedMap<String, String> digests(Collection<String> objects) {
        SortedMap<String, String> found = new TreeMap<>(digests);
        found.keySet().retainAll(objects);
        return found;
    }

    /** The objects that differ, in the order of their names. */
    public static List<ObjectChange> changes(Fingerprint before, Fingerprint after) {
        TreeSet<String> objects = new TreeSet<>(before.digests.keySet());
        objects.addAll(after.digests.keySet());
        List<ObjectChange> changes = new ArrayList<>();
        for (String object : objects) {
            Optional<String> then = before.digest(object);
            Optional<String> now = after.digest(object);
            if (!then.equals(now)) {
                changes.add(new ObjectChange(object, then, now));
            }
        }
        return changes;
    }
}
