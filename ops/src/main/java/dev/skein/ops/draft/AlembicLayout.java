package dev.skein.ops.draft;

import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 0123456789ab_name.py}, on top of the only head. The graph is read from the assignments
 * that Alembic's own template writes.
 */
final class AlembicLayout implements MigrationLayout {
    private static final int ID_DIGITS = 12;
    private static final String ASSIGNED =
            "(?m)^%s\\s*(?::[^=\\n]+)?=\\s*(\\([^)]*\\)|\\[[^\\]]*\\]|[^#\\n]+)";
    private static final Pattern REVISION = Pattern.compile(ASSIGNED.formatted("revision"));
    private static final Pattern PARENTS = Pattern.compile(ASSIGNED.formatted("down_revision"));
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'|\"([^\"]+)\"");

    @Override
    public List<NewFile> files(Draft draft, SourceTree existing) throws IOException {
        SortedSet<String> heads = heads(existing);
        if (heads.size() > 1) {
            throw new DraftRefused(
                    "the revisions have %d heads (%s), and a new one stands on one of them; merge"
                                    .formatted(heads.size(), String.join(", ", heads))
                            + " them first with 'alembic merge heads'");
        }
        String id = id();
        String parent = heads.isEmpty() ? "None" : "\"" + heads.first() + "\"";
        String directory = directory(existing);
        return List.of(
                NewFile.of(directory + id + "_" + draft.slug() + ".py", text(draft, id, parent)));
    }

    private static String id() {
        String digits = UUID.randomUUID().toString().replace("-", "");
        return digits.substring(digits.length() - ID_DIGITS);
    }

    /** The directory given may be that of the revisions or the one around it. */
    private static String directory(SourceTree existing) throws IOException {
        boolean around = existing.filesBelow().stream().anyMatch(file -> file.equals("env.py"));
        return around ? "versions/" : "";
    }

    private static SortedSet<String> heads(SourceTree existing) throws IOException {
        SortedSet<String> revisions = new TreeSet<>();
        List<String> parents = new ArrayList<>();
        for (String file : existing.filesBelow()) {
            if (file.endsWith(".py")) {
                String text = new String(existing.bytes(file), StandardCharsets.UTF_8);
                revisions.addAll(assigned(REVISION, text));
                parents.addAll(assigned(PARENTS, text));
            }
        }
        parents.forEach(revisions::remove);
        return revisions;
    }

    private static List<String> assigned(Pattern assignment, String text) {
        List<String> values = new ArrayList<>();
        Matcher found = assignment.matcher(text);
        if (found.find()) {
            Matcher quoted = QUOTED.matcher(found.group(1));
            while (quoted.find()) {
                values.add(quoted.group(1) != null ? quoted.group(1) : quoted.group(2));
            }
        }
        return values;
    }

    private static String text(Draft draft, String id, String parent) {
        String sentence = draft.name().replace("\\", "\\\\").replace("\"", "'");
        return """
        \"""%s

        Revision ID: %s
        Revises: %s
        Create Date: %s

        \"""
        from alembic import op

        revision = "%s"
        down_revision = %s
        branch_labels = None
        depends_on = None


        def upgrade() -> None:
        %s

        def downgrade() -> None:
        %s\
        """
                .formatted(
                        sentence,
                        id,
                        parent.equals("None") ? "" : parent.replace("\"", ""),
                        draft.at(),
                        id,
                        parent,
                        body(draft.up()),
                        body(draft.down()));
    }

    private static String body(List<String> statements) {
        if (statements.isEmpty()) {
            return "    pass\n";
        }
        StringBuilder body = new StringBuilder();
        for (String statement : statements) {
            body.append("    op.execute(\n        ").append(literal(statement)).append("\n    )\n");
        }
        return body.toString();
    }

    /** A long string; Alembic takes a colon before a name for a parameter. */
    private static String literal(String statement) {
        String escaped =
                statement
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replaceAll("(?<![:\\w\\\\]):(?=\\w)", "\\\\\\\\:");
        return "\"\"\"" + escaped + "\"\"\"";
    }
}
