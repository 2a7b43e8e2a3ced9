package dev.skein.ops.source.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program to run.
 *
 * @param command the program and its arguments
 * @param directory in which it runs
 * @param environment beside what this process has
 * @param output the file into which it writes its lines
 * @param silenceMax how long it may write nothing before it is ended
 */
public record RecorderProgram(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Path output,
        Duration silenceMax) {
    /** Copies the collections. */
    public RecorderProgram {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}
