package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code V8__name.sql} and {@code U8__name.sql}: the number after the highest version's first one,
 * written with as many digits; in the highest version's own directory.
 */
final class FlywayLayout implements MigrationLayout {
    private static final Pattern VERSIONED =
            Pattern.compile("((?:.*/)?)[VB](\\d+)((?:[._]\\d+)*)__.*\\.(?:sql|java)");

    private static final String PLACEHOLDER = "${";

    @Override
    public List<NewFile> files(Draft draft, SourceTree existing) throws IOException {
        String directory = "";
        String first = "0";
        for (String file : existing.filesBelow()) {
            Matcher name = VERSIONED.matcher(file);
            if (name.matches() && number(name.group(2)).compareTo(number(first)) >= 0) {
                directory = name.group(1);
                first = name.group(2);
            }
        }
        String next = number(first).add(BigInteger.ONE).toString();
        String version = "0".repeat(Math.max(0, zeros(first, next))) + next;
        String stem = version + "__" + draft.slug() + ".sql";
        List<NewFile> files = new ArrayList<>();
        add(files, directory + "V" + stem, draft.upSql());
        add(files, directory + "U" + stem, draft.downSql());
        return files;
    }

    private static void add(List<NewFile> files, String path, String sql) {
        files.add(NewFile.of(path, sql));
        if (sql.contains(PLACEHOLDER)) {
            // No statement of a difference uses placeholders, so this text is part of a literal or
            // of a function body.
            files.add(NewFile.of(path + ".conf", "placeholderReplacement=false\n"));
        }
    }

    private static int zeros(String first, String next) {
        return first.startsWith("0") ? first.length() - next.length() : 0;
    }

    private static BigInteger number(String digits) {
        return new BigInteger(digits);
    }
}
