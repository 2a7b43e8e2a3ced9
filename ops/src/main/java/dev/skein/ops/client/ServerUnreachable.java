package dev.skein.ops.client;

import java.net.URI;

/** No answer came from the server. */
public final class ServerUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerUnreachable(URI server, Throwable cause) {
        super(
                "No Skein server answers at "
                        + server
                        + why(cause)
                        + ". Start one with 'skein demo', 'skein standalone' or 'skein"
                        + " orchestrator', or name another with --server or SKEIN_SERVER.",
                cause);
    }

    private static String why(Throwable cause) {
        return cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }
}
