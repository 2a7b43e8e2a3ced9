package dev.skein.ops.scratch;

import dev.skein.engine.ServerUri;
import dev.skein.protocol.settings.Secret;
import java.util.Optional;

/**
 * A server on which scratch databases may be created.
 *
 * @param uri with a role that may create databases
 * @param password of that role, where it needs one
 */
public record ScratchAddress(ServerUri uri, Optional<Secret> password) {}
