package dev.skein.agent.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Takes what a run prints, line by line; of a longer line the beginning. */
final class RunLines {
    private static final int LINE_MAX = 4_000;

    private RunLines() {}

    /** Reads to the end of the stream, so that the run never waits for its reader. */
    static void read(InputStream stream, RunOutput output) throws IOException {
        StringBuilder line = new StringBuilder();
        try (Reader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\n' || next == '\r') {
                    take(line, output);
                } else if (line.length() < LINE_MAX) {
                    line.append((char) next);
                }
            }
        }
        take(line, output);
    }

    private static void take(StringBuilder line, RunOutput output) {
        if (!line.isEmpty()) {
            output.add(line.toString());
            line.setLength(0);
        }
    }
}
