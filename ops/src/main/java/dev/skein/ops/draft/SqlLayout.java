package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 0008_name.up.sql} and {@code 0008_name.down.sql}, numbered on. */
final class SqlLayout implements MigrationLayout {
    private static final Pattern NUMBERED = Pattern.compile("(\\d+)_.*\\.(?:up|down)\\.sql");
    private static final int DIGITS = 4;

    @Override
    public List<NewFile> files(Draft draft, SourceTree existing) throws IOException {
        String stem = next(existing.files()) + "_" + draft.slug();
        return List.of(
                NewFile.of(stem + ".up.sql", draft.upSql()),
                NewFile.of(stem + ".down.sql", draft.downSql()));
    }

    private static String next(List<String> files) {
        BigInteger highest = BigInteger.ZERO;
        int digits = DIGITS;
        for (String file : files) {
            Matcher name = NUMBERED.matcher(file);
            if (name.matches() && new BigInteger(name.group(1)).compareTo(highest) > 0) {
                highest = new BigInteger(name.group(1));
                digits = name.group(1).length();
            }
        }
        String number = highest.add(BigInteger.ONE).toString();
        return "0".repeat(Math.max(0, digits - number.length())) + number;
    }
}
