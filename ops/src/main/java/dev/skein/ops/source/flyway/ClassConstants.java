package dev.skein.ops.source.flyway;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of constants of a class file (The Java Virtual Machine Specification, 4.4). */
final class ClassConstants {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private final PoolEntry[] entries;

    /** One constant: text or number, or the places of two others. */
    private record PoolEntry(int tag, String text, int first, int second) {}

    private ClassConstants(PoolEntry[] entries) {
        this.entries = entries;
    }

    static ClassConstants read(DataInputStream in) throws IOException {
        PoolEntry[] entries = new PoolEntry[in.readUnsignedShort()];
        for (int i = 1; i < entries.length; i++) {
            entries[i] = entry(in);
            // These two take two places.
            if (entries[i].tag() == LONG || entries[i].tag() == DOUBLE) {
                i++;
            }
        }
        return new ClassConstants(entries);
    }

    private static PoolEntry entry(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case UTF8 -> new PoolEntry(tag, in.readUTF(), 0, 0);
            case INTEGER -> new PoolEntry(tag, Integer.toString(in.readInt()), 0, 0);
            case FLOAT -> new PoolEntry(tag, Float.toString(in.readFloat()), 0, 0);
            case LONG -> new PoolEntry(tag, Long.toString(in.readLong()), 0, 0);
            case DOUBLE -> new PoolEntry(tag, Double.toString(in.readDouble()), 0, 0);
            case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE ->
                    new PoolEntry(tag, "", in.readUnsignedShort(), 0);
            case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC ->
                    new PoolEntry(tag, "", in.readUnsignedShort(), in.readUnsignedShort());
            case HANDLE -> new PoolEntry(tag, "", in.readUnsignedByte(), in.readUnsignedShort());
            default -> throw new IOException("it has a constant of an unknown kind " + tag);
        };
    }

    String text(int place) {
        return entries[place].text();
    }

    String className(int place) {
        return text(entries[place].first());
    }

    /** A literal of a text or a whole number. */
    Optional<String> literal(int place) {
        PoolEntry entry = entries[place];
        return switch (entry.tag()) {
            case STRING -> Optional.of(text(entry.first()));
            case INTEGER -> Optional.of(entry.text());
            default -> Optional.empty();
        };
    }

    /** Class and name of a field or method, with a dot between. */
    String member(int place) {
        return className(entries[place].first()) + "." + memberName(entries[place]);
    }

    private String memberName(PoolEntry member) {
        return text(entries[member.second()].first());
    }

    private IntStream places(int... tags) {
        return IntStream.range(1, entries.length)
                .filter(
                        i ->
                                entries[i] != null
                                        && IntStream.of(tags)
                                                .anyMatch(tag -> tag == entries[i].tag()));
    }

    Set<String> classes() {
        Set<String> names = new TreeSet<>();
        places(CLASS).forEach(i -> names.add(className(i)));
        return names;
    }

    Set<String> calls() {
        Set<String> names = new TreeSet<>();
        places(METHOD, INTERFACE_METHOD)
                .forEach(i -> Stream.of(member(i), memberName(entries[i])).forEach(names::add));
        return names;
    }

    Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        places(STRING).forEach(i -> literal(i).ifPresent(texts::add));
        return texts;
    }
}
