package dev.skein.ops.source.prisma;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code migration_lock.toml}, which says for which database the migrations were written. */
final class PrismaLock {
    private static final String FILE = "migration_lock.toml";
    private static final String POSTGRESQL = "postgresql";
    private static final String COCKROACHDB = "cockroachdb";

    /** Prisma looks for this line, too, and reads no TOML: what it takes is taken here. */
    private static final Pattern PROVIDER =
            Pattern.compile("^\\s*provider\\s*=\\s*[\"']?([^\"'\\s]*)", Pattern.MULTILINE);

    private PrismaLock() {}

    /** A directory without the file is taken as it is, as Prisma takes it. */
    static void check(SourceTree tree, PlanProblems problems) throws IOException {
        Optional<String> text = text(tree);
        if (text.isEmpty()) {
            return;
        }
        Matcher matcher = PROVIDER.matcher(text.get());
        if (!matcher.find()) {
            problems.add(
                    FILE,
                    PlanProblemCode.PROVIDER,
                    "the file names no provider, and Prisma refuses it (P3019)",
                    hint());
        } else if (!matcher.group(1).equals(POSTGRESQL)) {
            refuse(matcher.group(1), problems);
        }
    }

    private static Optional<String> text(SourceTree tree) throws IOException {
        try {
            return Optional.of(new String(tree.bytes(FILE), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void refuse(String provider, PlanProblems problems) {
        if (provider.equals("postgres")) {
            problems.add(
                    FILE,
                    PlanProblemCode.PROVIDER,
                    "the provider is 'postgres', which Prisma refuses here (P3019)",
                    hint());
            return;
        }
        problems.add(
                FILE,
                PlanProblemCode.PROVIDER,
                "the migrations were written for '"
                        + provider
                        + "', and Skein's databases are PostgreSQL",
                provider.equals(COCKROACHDB)
                        ? "CockroachDB has other statements and locks; there is no way to carry"
                                + " these over"
                        : "Give the directory with the migrations for PostgreSQL");
    }

    private static String hint() {
        return "Write: provider = \"" + POSTGRESQL + "\"";
    }
}
