package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code 20260102030405_name.js}, as an ES module where those beside it are some, else as CommonJS.
 */
final class KnexLayout implements MigrationLayout {
    private static final Pattern ES_MODULE =
            Pattern.compile("(?m)^\\s*export\\s+(?:async\\s+)?(?:function|const|let|default)\\b");

    @Override
    public List<NewFile> files(Draft draft, SourceTree existing) throws IOException {
        boolean module = isModule(existing);
        String text =
                function("up", draft.up(), module) + "\n" + function("down", draft.down(), module);
        return List.of(NewFile.of(FileTimestamp.of(draft) + "_" + draft.slug() + ".js", text));
    }

    private static boolean isModule(SourceTree existing) throws IOException {
        List<String> scripts =
                existing.files().stream().filter(file -> file.endsWith(".js")).toList();
        if (scripts.isEmpty()) {
            return false;
        }
        byte[] newest = existing.bytes(scripts.get(scripts.size() - 1));
        return ES_MODULE.matcher(new String(newest, StandardCharsets.UTF_8)).find();
    }

    private static String function(String name, List<String> statements, boolean module) {
        StringBuilder text = new StringBuilder();
        text.append(
                module ? "export async function " + name : "exports." + name + " = async function");
        text.append(module ? "(knex) {\n" : " (knex) {\n");
        for (String statement : statements) {
            text.append("  await knex.raw(").append(literal(statement)).append(");\n");
        }
        return text.append(module ? "}\n" : "};\n").toString();
    }

    /** A template literal; Knex takes a bare question mark for a binding. */
    private static String literal(String statement) {
        String escaped =
                statement
                        .replace("\\", "\\\\")
                        .replace("`", "\\`")
                        .replace("${", "\\${")
                        .replace("?", "\\\\?");
        return "`" + escaped + "`";
    }
}
