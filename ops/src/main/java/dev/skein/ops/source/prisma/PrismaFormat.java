package dev.skein.ops.source.prisma;

import dev.skein.ops.source.LeftOutNames;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.ScriptReader;
import dev.skein.ops.source.ScriptRule;
import dev.skein.ops.source.SourceFormat;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.SourceTree;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One directory of migrations: whatever directory lies in it is a migration, and its name the
 * migration's identity. Links are not migrations, as for Prisma.
 */
public final class PrismaFormat implements SourceFormat {
    static final String TABLE = "_prisma_migrations";
    static final String SCRIPT = "migration.sql";

    private static final String DOWN = "down.sql";

    private final ScriptRule rule = new PrismaRule();
    private final LeftOutNames leftOut;
    private final Function<String, List<Step>> behind;

    public PrismaFormat() {
        this(new LeftOutNames(Collections.emptySet()), name -> List.of());
    }

    /**
     * @param behind what a runner runs behind the script of a migration, by its name
     */
    PrismaFormat(LeftOutNames leftOut, Function<String, List<Step>> behind) {
        this.leftOut = leftOut;
        this.behind = behind;
    }

    @Override
    public Optional<VersionTableName> versionTable(SourceSettings settings) {
        return settings.versionTable()
                .or(() -> Optional.of(new VersionTableName(Optional.empty(), TABLE)));
    }

    @Override
    public String expectedNames() {
        return "20240131120000_what_it_does/" + SCRIPT;
    }

    @Override
    public List<Migration> migrations(SourceTree tree, PlanProblems problems) throws IOException {
        PrismaLock.check(tree, problems);
        List<String> names = new ArrayList<>(tree.directories());
        names.sort(new LocaleOrder());
        ScriptReader reader = new ScriptReader(tree, problems);
        List<Migration> migrations = new ArrayList<>();
        names.removeIf(leftOut::contains);
        for (String name : names) {
            if (!has(tree, name + "/" + SCRIPT)) {
                refuseWithoutScript(name, problems);
                continue;
            }
            Optional<List<Step>> down =
                    has(tree, name + "/" + DOWN) ? steps(name, reader, problems) : Optional.empty();
            List<Step> program = behind.apply(name);
            reader.read(name + "/" + SCRIPT)
                    .map(script -> migration(name, script, up(script, program, problems), down))
                    .ifPresent(migrations::add);
        }
        return migrations;
    }

    private List<Step> up(SourceScript script, List<Step> program, PlanProblems problems) {
        List<Step> up = new ArrayList<>(rule.steps(script, problems));
        up.addAll(program);
        return up;
    }

    private Optional<List<Step>> steps(String name, ScriptReader reader, PlanProblems problems) {
        return reader.read(name + "/" + DOWN).map(script -> rule.steps(script, problems));
    }

    private static void refuseWithoutScript(String name, PlanProblems problems) {
        problems.add(
                name,
                PlanProblemCode.MISSING_SCRIPT,
                "the directory has no " + SCRIPT + ", and Prisma refuses all of them (P3015)",
                "Delete the directory or restore the script");
    }

    private static boolean has(SourceTree tree, String file) throws IOException {
        try {
            tree.bytes(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // It is there; the reader says why it cannot be read.
            return true;
        }
    }

    private static Migration migration(
            String name, SourceScript script, List<Step> up, Optional<List<Step>> down) {
        return new Migration(
                MigrationKind.VERSIONED,
                name,
                description(name),
                script.file(),
                Optional.of(script.sha256()),
                up,
                down,
                Optional.empty(),
                Optional.of(PrismaChecksums.equivalents(script)),
                Optional.empty());
    }

    /** The words after the timestamp. */
    private static String description(String name) {
        String words = name.replaceFirst("^[0-9]+[_ -]", "").replace('_', ' ').strip();
        return words.isEmpty() ? name : words;
    }
}
