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
        runner.memoryMax().ifPresent(bytes -> prefix.addAll(List.of("prlimit", "--as=" + bytes)));
        runner.user()
                .ifPresent(
                        user ->
                                prefix.addAll(
                                        List.of(
                                                "setpriv",
                                                "--reuid=" + user,
                                                "--regid=" + user,
                                                "--init-groups")));
        return prefix;
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
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":"))
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
