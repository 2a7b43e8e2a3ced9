package dev.skein.ops.command;

import dev.skein.protocol.Labelled;
import dev.skein.protocol.plan.Framework;
import picocli.CommandLine.Option;

/** In which framework's layout migrations lie, or are to be written. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = Choices.Formats.class,
            description = "The framework: ${COMPLETION-CANDIDATES}.")
    private String format;

    /**
     * The framework.
     *
     * @throws CommandFailed if there is none of that name
     */
    Framework framework() {
        return Labelled.of(Framework.class, format)
                .orElseThrow(
                        () ->
                                CommandFailed.usage(
                                        "--format '"
                                                + format
                                                + "' is unknown; choose one of "
                                                + Labelled.choices(Framework.class)));
    }
}
