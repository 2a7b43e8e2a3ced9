package dev.skein.protocol.plan;

import java.util.Optional;

/**
 * One object of a schema that a step changed.
 *
 * @param object its kind and name, such as {@code column public.invoice.due}
 * @param before digest of its definition before the step; absent if it was not there
 * @param after digest of its definition after the step; absent if it is gone
 */
public record ObjectChange(String object, Optional<String> before, Optional<String> after) {}
