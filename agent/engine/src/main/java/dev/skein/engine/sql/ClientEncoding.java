package dev.skein.engine.sql;

import java.util.Locale;

/**
 * A script that says in which encoding the rest of it is written. A plan's text is sent in UTF-8,
 * and the server converts a query before any setting in it takes effect.
 */
final class ClientEncoding {
    private static final String SETTING = "client_encoding";
    private static final int ASCII_MAX = 127;

    private ClientEncoding() {}

    static void refuse(TokenCursor words, SourceText source, Problems problems) {
        String encoding = encoding(words);
        boolean other = !encoding.isEmpty() && !isUtf8(encoding);
        if (other && source.text().substring(source.index()).chars().anyMatch(c -> c > ASCII_MAX)) {
            problems.add(
                    words.start(),
                    RefusalCode.CLIENT_ENCODING,
                    "the rest of the script is sent in UTF-8, and this says that it is in "
                            + encoding,
                    "Save the file as UTF-8 and leave the setting out");
        }
    }

    private static String encoding(TokenCursor words) {
        int value = -1;
        if (words.is(0, "set") && SettingStatements.name(words).equals(SETTING)) {
            value = words.indexOf(SETTING, 1) + 2;
        } else if (words.is(0, "set") && SettingStatements.name(words).equals("names")) {
            value = words.indexOf("names", 1) + 1;
        }
        return value > 0 && value < words.size() ? words.text(value).replace("'", "") : "";
    }

    private static boolean isUtf8(String encoding) {
        String plain = encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.equals("utf8") || plain.equals("unicode") || plain.equals("default");
    }
}
