package dev.skein.ops.schema;

import java.util.List;
import java.util.stream.Collectors;

/** Statements as the text of one script. */
public final class Scripts {
    private Scripts() {}

    /** One after the other, each with its semicolon and an empty line behind it. */
    public static String join(List<String> statements) {
        return statements.stream().map(each -> each + ";\n").collect(Collectors.joining("\n"));
    }
}
