package dev.skein.ops.command;

import dev.skein.engine.ServerUri;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.protocol.settings.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address of a database as it is given on the command line. */
final class DatabaseAddress {
    private static final Pattern PASSWORD = Pattern.compile("(://[^:@]*:).*@");

    private DatabaseAddress() {}

    /**
     * Parses it.
     *
     * @param option for the message
     * @param password null or empty where none is given
     * @throws CommandFailed if the address has another form
     */
    static ScratchAddress parse(String option, String uri, String password) {
        try {
            return new ScratchAddress(
                    ServerUri.parse(uri),
                    Optional.ofNullable(password)
                            .filter(given -> !given.isEmpty())
                            .map(Secret::new));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.usage(
                    option + " '" + withoutPassword(uri) + "' " + wrong.getMessage());
        }
    }

    private static String withoutPassword(String uri) {
        return PASSWORD.matcher(uri).replaceFirst("$1***@");
    }
}
