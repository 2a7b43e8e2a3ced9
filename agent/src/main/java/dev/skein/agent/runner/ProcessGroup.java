package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of one run, which end together.
 *
 * <p>Where the machine has {@code setsid} (util-linux), a run is a group of its own and is
 * signalled as one, children that were handed to init counted in; elsewhere its descendants are.
 */
final class ProcessGroup {
    private static final Optional<String> SETSID = found("setsid");
    private static final long KILL_SECONDS_MAX = 10;

    private ProcessGroup() {}

    /** What stands before the command: its group, its bound of memory, its user. */
    static List<String> prefix(RunnerConfig runner) {
        List<String> prefix = new ArrayList<>();
        SETSID.ifPresent(prefix::add);
        runner.memoryMax()
                .ifPresent(
                        bytes ->
                                prefix.addAll(
                                        List.of(
                                                required("prlimit", "memory-max"),
                                                "--as=" + bytes)));
        runner.user().ifPresent(user -> prefix.addAll(as(user)));
        return prefix;
    }

    private static List<String> as(String user) {
        String program = required("setpriv", "as-user");
        return List.of(
                program, "--reuid=" + user, "--regid=" + primaryGroupOf(user), "--init-groups");
    }

    private static String required(String program, String key) {
        return found(program)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        key + " needs the program " + program + " (util-linux)"));
    }

    /** As a number, since a user's group may have any name. */
    private static String primaryGroupOf(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user).redirectErrorStream(true).start();
            String answer = new String(id.getInputStream().readAllBytes()).strip();
            if (id.waitFor() == 0) {
                return answer;
            }
            throw new IllegalArgumentException("as-user: " + answer);
        } catch (IOException unknown) {
            throw new IllegalArgumentException("as-user: " + unknown.getMessage(), unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("as-user: interrupted", interrupted);
        }
    }

    /** Asks them to end. */
    static void terminate(ProcessHandle leader) {
        signal(leader, "TERM");
    }

    /** Ends them. */
    static void kill(ProcessHandle leader) {
        signal(leader, "KILL");
    }

    private static void signal(ProcessHandle leader, String name) {
        boolean sent = SETSID.isPresent() && sent("-" + name, "--", "-" + leader.pid());
        if (!sent) {
            List<ProcessHandle> all =
                    Stream.concat(leader.descendants(), Stream.of(leader)).toList();
            all.forEach(
                    name.equals("KILL") ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        }
    }

    private static boolean sent(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kill"));
        command.addAll(List.of(arguments));
        try {
            Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
            kill.getInputStream().readAllBytes();
            return kill.waitFor(KILL_SECONDS_MAX, TimeUnit.SECONDS) && kill.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The program of that name, where the machine has it. */
    static Optional<String> found(String program) {
        return found(program, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** As {@link #found(String)}, in the directories of another PATH. */
    static Optional<String> found(String program, String path) {
        return Stream.of(path.split(":"))
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
