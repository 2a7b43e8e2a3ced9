package dev.skein.ops.schema;

import java.util.List;
import java.util.stream.Collectors;

/** Statements as the text of one script. */
public final class ScriptText {
    private ScriptText() {}

    /** One after the other, each with its semicolon and followed by an empty line. */
    public static String join(List<String> statements) {
        return statements.stream().map(each -> each + ";\n").collect(Collectors.joining("\n"));
    }
}
