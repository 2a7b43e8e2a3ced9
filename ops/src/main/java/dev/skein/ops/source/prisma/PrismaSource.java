package dev.skein.ops.source.prisma;

import dev.skein.ops.source.DirectorySource;
import dev.skein.ops.source.LeftOutNames;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the migrations of a project that uses Prisma Migrate: of the project's directory, of its
 * {@code prisma} directory, or of the directory of migrations itself.
 */
public final class PrismaSource implements PlanSource {
    private final Consumer<String> notes;

    /**
     * @param notes takes what a person should know beside the plan, a line each
     */
    public PrismaSource(Consumer<String> notes) {
        this.notes = notes;
    }

    @Override
    public Set<SourceOption> options() {
        return EnumSet.of(SourceOption.LEAVE_OUT, SourceOption.DELEGATE, SourceOption.RUNNER);
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        PlanProblems problems = new PlanProblems();
        checkTable(directory, settings, problems);
        Optional<Path> migrations = new PrismaLocation(directory, problems).migrations();
        if (migrations.isEmpty() || !problems.isEmpty()) {
            throw new PlanRefused(Framework.PRISMA, directory, problems.inOrder());
        }
        new PrismaRemarks(directory, notes).make();
        LeftOutNames leftOut = new LeftOutNames(settings.leftOut());
        PrismaPrograms programs =
                new PrismaPrograms(
                        directory,
                        migrations.get(),
                        settings.recording().delegation(),
                        problems,
                        notes);
        programs.check();
        programs.refuseLeftOut(settings.leftOut());
        Plan plan =
                new DirectorySource(Framework.PRISMA, new PrismaFormat(leftOut, programs::behind))
                        .read(migrations.get(), settings)
                        .leavingOut(leftOut.keys(notes));
        if (!problems.isEmpty()) {
            throw new PlanRefused(Framework.PRISMA, directory, problems.inOrder());
        }
        return plan;
    }

    /** The table's schema is a matter of the connection; its name is written into Prisma. */
    private static void checkTable(Path directory, SourceSettings settings, PlanProblems problems) {
        settings.versionTable()
                .filter(name -> !name.table().equals(PrismaFormat.TABLE))
                .ifPresent(
                        name ->
                                problems.add(
                                        directory.toString(),
                                        PlanProblemCode.NO_VERSION_TABLE,
                                        "the version table is given as '"
                                                + name.table()
                                                + "', and Prisma knows it only as "
                                                + PrismaFormat.TABLE,
                                        "Leave the version table out, or give SCHEMA."
                                                + PrismaFormat.TABLE));
    }
}
