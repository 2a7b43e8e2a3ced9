package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** What a command answered, run in this process. */
public record Said(String command, int exitCode, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the command line as a shell would. */
    public static Said by(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine skein =
                SkeinCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exitCode = skein.execute(arguments);
        String command = "skein " + String.join(" ", Arrays.asList(arguments));
        Said said = new Said(command, exitCode, out.toString(), err.toString());
        assertThat(said.out + said.err).as(command).doesNotContain("\tat ", "Exception");
        return said;
    }

    /** Asserts that it did what it was asked to. */
    public Said done() {
        return endedWith(0);
    }

    /** Asserts the exit code. */
    public Said endedWith(int wanted) {
        assertThat(exitCode).as("exit code of %s", this).isEqualTo(wanted);
        return this;
    }

    /** Asserts that the call was refused, in words that hold all of these. */
    public Said refused(String... words) {
        endedWith(2);
        assertThat(err).as(command).contains(words);
        return this;
    }

    /** Asserts that the state did not allow the call, in words that hold all of these. */
    public Said refusedByState(String... words) {
        endedWith(3);
        assertThat(err).as(command).contains(words);
        return this;
    }

    /** What it printed, as JSON. */
    public JsonNode json() {
        done();
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(command + " printed what is no JSON: " + out, malformed);
        }
    }
}
