package dev.skein.ops.source.flyway;

import java.util.List;

/**
 * How the files of a location are named.
 *
 * @param versioned prefix of versioned migrations; may be empty
 * @param repeatable prefix of repeatable migrations
 * @param baseline prefix of baseline migrations
 * @param undo prefix of undo migrations
 * @param separator between version and description
 * @param suffixes of scripts, the first that fits counts
 */
record FlywayNaming(
        String versioned,
        String repeatable,
        String baseline,
        String undo,
        String separator,
        List<String> suffixes) {
    static final FlywayNaming DEFAULT = new FlywayNaming("V", "R", "B", "U", "__", List.of(".sql"));

    FlywayNaming {
        suffixes = List.copyOf(suffixes);
    }

    /** The names that migrations have, in words for a person. */
    String examples() {
        String end = separator + "what_it_does" + suffixes.get(0);
        return versioned + "1" + end + ", " + repeatable + end + " or " + undo + "1" + end;
    }
}
