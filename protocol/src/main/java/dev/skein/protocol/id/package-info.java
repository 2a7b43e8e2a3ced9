/**
 * Typed identities: two ids of different kinds cannot be mistaken for each other.
 *
 * <p>Example: {@code DatabaseId.parse("pg-eu-1/acme")} names the database {@code acme} on the
 * server that an agent's configuration calls {@code pg-eu-1}.
 */
package dev.skein.protocol.id;
