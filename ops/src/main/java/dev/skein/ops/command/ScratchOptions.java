package dev.skein.ops.command;

import dev.skein.ops.scratch.ScratchAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where scratch databases are created. */
final class ScratchOptions {
    @Option(
            names = "--scratch",
            paramLabel = "URI",
            description =
                    "The server for scratch databases, postgresql://user@host:port/database, with a"
                            + " role that may create databases; an embedded one by default.")
    private String uri;

    @Option(
            names = "--scratch-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:SKEIN_SCRATCH_PASSWORD}",
            description = "Its password; better given as SKEIN_SCRATCH_PASSWORD.")
    private String password;

    /**
     * The server, if one is given.
     *
     * @throws CommandFailed if the address has another form
     */
    Optional<ScratchAddress> address() {
        return Optional.ofNullable(uri)
                .map(given -> DatabaseAddress.parse("--scratch", given, password));
    }
}
