package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.flyway.FlywayRun;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that has a team's Flyway apply one Java migration. It lies beside the agent, in a jar
 * of its own, and goes behind the team's own class path.
 */
final class FlywayCommand {
    static final String MAIN = FlywayRun.class.getName();

    private FlywayCommand() {}

    static String classPath(RunnerConfig runner) {
        List<String> entries = new ArrayList<>(runner.classPath());
        entries.add(place());
        return String.join(File.pathSeparator, entries);
    }

    private static String place() {
        try {
            return Path.of(
                            FlywayRun.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException unfit) {
            throw new IllegalArgumentException(
                    "Skein's program for Flyway is not in a file: " + unfit.getMessage(), unfit);
        }
    }
}
