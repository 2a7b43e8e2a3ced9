package dev.skein.ops.sim;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a tenant's schema holds. Its SQL is a word and the name of a step, {@code version.index}:
 * {@code do} and {@code undo} change it once, {@code clear} takes a whole version out, {@code
 * index} and {@code unindex} work concurrently, {@code touch} leaves no trace; {@code alter} and
 * {@code drop} are scripts of two transactions.
 */
final class Schema {
    private final String name;
    private final SortedSet<String> effects = new TreeSet<>();
    private final SortedSet<String> halves = new TreeSet<>();
    private final SortedMap<String, Boolean> indexes = new TreeMap<>();

    Schema(String name) {
        this.name = name;
    }

    Schema(Schema other) {
        this(other.name);
        effects.addAll(other.effects);
        halves.addAll(other.halves);
        indexes.putAll(other.indexes);
    }

    static String word(String sql) {
        return sql.split(" ")[0];
    }

    static String object(String sql) {
        return sql.split(" ")[1];
    }

    /** Runs what belongs into a transaction; an effect that comes twice breaks the promise. */
    void run(String sql) {
        if (sql.isEmpty()) {
            return;
        }
        String object = object(sql);
        requireNothingLater(sql);
        switch (word(sql)) {
            case "do" ->
                    Violation.unless(
                            effects.add(object), name + ": step " + object + " took effect twice");
            case "undo" ->
                    Violation.unless(
                            effects.remove(object),
                            name + ": step " + object + " was taken back without being there");
            case "clear" -> {
                effects.removeIf(each -> each.startsWith(object + "."));
                halves.removeIf(each -> each.startsWith(object + "."));
                indexes.keySet().removeIf(each -> each.startsWith(object + "."));
            }
            case "touch" -> {}
            default -> throw new IllegalArgumentException(sql);
        }
    }

    /** Steps build on each other: what changes one must not find a later one. */
    void requireNothingLater(String sql) {
        if (word(sql).equals("touch")) {
            return;
        }
        boolean whole = word(sql).equals("clear");
        String object = object(sql) + (whole ? ".z" : "");
        for (String other : all()) {
            Violation.unless(
                    other.compareTo(object) <= 0,
                    name + ": " + sql + " finds the later " + other + ": " + this);
        }
    }

    private List<String> all() {
        return Stream.of(effects, halves, indexes.keySet()).flatMap(Set::stream).toList();
    }

    boolean isEmpty() {
        return all().isEmpty();
    }

    boolean has(String object) {
        return effects.contains(object) || indexes.getOrDefault(object, false);
    }

    boolean hasIndex(String object) {
        return indexes.containsKey(object);
    }

    boolean isValid(String object) {
        return indexes.getOrDefault(object, false);
    }

    void index(String object, boolean valid) {
        indexes.put(object, valid);
    }

    void dropIndex(String object) {
        indexes.remove(object);
    }

    /** The first of two transactions; one that meets anything but its own start is a violation. */
    void beginParts(String word, String object) {
        boolean there = effects.remove(object);
        Violation.unless(
                there == word.equals("drop") && halves.add(object),
                name + ": " + word + " " + object + " ran again: " + this);
    }

    /** The second of two transactions. */
    void endParts(String word, String object) {
        Violation.unless(
                halves.remove(object),
                name + ": " + word + " " + object + " ended without its beginning: " + this);
        if (word.equals("alter")) {
            effects.add(object);
        }
    }

    boolean hasHalf(String object) {
        return halves.contains(object);
    }

    /** Whether the catalogue shows that part of what a step makes. */
    boolean hasPart(String part) {
        String object = SimRehearsal.objectOf(part);
        return effects.contains(object) || SimRehearsal.isFirst(part) && halves.contains(object);
    }

    /** By hand: what is half there is there wholly, or not at all. */
    void mend(String object, boolean wholly) {
        if (halves.remove(object) && wholly) {
            effects.add(object);
        }
    }

    @Override
    public String toString() {
        return effects + " " + indexes + (halves.isEmpty() ? "" : " half of " + halves);
    }
}
