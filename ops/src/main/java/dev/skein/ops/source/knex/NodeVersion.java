package dev.skein.ops.source.knex;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.record.RecorderFiles;
import dev.skein.ops.source.record.RecorderProcess;
import dev.skein.ops.source.record.RecorderProgram;
import dev.skein.ops.source.record.RecorderResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program whether it is a Node that can run the recorder. */
final class NodeVersion {
    /** The oldest major version in which the recorder's syntax and modules are all there. */
    static final int LEAST = 18;

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.\\S+");
    private static final Duration SILENCE_MAX = Duration.ofMinutes(1);

    private NodeVersion() {}

    /**
     * Whether it is; a problem is added where it is not.
     *
     * @throws IOException if the program cannot be started
     */
    static boolean check(String node, RecorderFiles files, PlanProblems problems)
            throws IOException {
        RecorderResult end =
                RecorderProcess.run(
                        new RecorderProgram(
                                List.of(node, "--version"),
                                Path.of("").toAbsolutePath(),
                                Collections.emptyMap(),
                                files.file("no-output"),
                                SILENCE_MAX),
                        line -> {});
        Matcher version = VERSION.matcher(end.said());
        if (!version.matches()) {
            problems.add(
                    node,
                    PlanProblemCode.PROGRAM,
                    "it answers '%s' when it is asked for its version, and so is no Node"
                            .formatted(end.said()),
                    "Name Node %d or newer with --program".formatted(LEAST));
            return false;
        }
        if (Integer.parseInt(version.group(1)) < LEAST) {
            problems.add(
                    node,
                    PlanProblemCode.PROGRAM,
                    "it is Node %s, and the recorder needs %d or newer"
                            .formatted(end.said(), LEAST),
                    "Name a newer Node with --program");
            return false;
        }
        return true;
    }
}
