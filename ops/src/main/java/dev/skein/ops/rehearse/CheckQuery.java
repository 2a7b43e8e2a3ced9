package dev.skein.ops.rehearse;

import dev.skein.protocol.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A question to the rehearsed database.
 *
 * @param name what is asked, in a person's words
 * @param query any number of rows and columns
 * @param expected the answer after the last migration; absent where it only is shown
 */
public record CheckQuery(String name, String query, Optional<String> expected) {
    /** Reads a file with a list under {@code checks}; for {@code SettingsFile.read}. */
    public static List<CheckQuery> read(Settings file) {
        return file.sections("checks", CheckQuery::one);
    }

    private static CheckQuery one(Settings check) {
        return new CheckQuery(check.text("name"), check.text("query"), expected(check));
    }

    /** One word as in a strategy; the longer one is what this file took before. */
    private static Optional<String> expected(Settings check) {
        Optional<String> before = check.optionalText("expected");
        return check.optionalText("expect").or(() -> before);
    }
}
