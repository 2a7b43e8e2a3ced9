/**
 * Which databases a server has: by name, by query, and schemas by query.
 *
 * <p>Vocabulary: a <em>source</em> is one entry of the configuration; an <em>inventory</em> is what
 * all sources of a server gave together. A source that cannot be asked keeps what it gave before,
 * so that a server that is down for a minute does not lose its tenants.
 *
 * <p>Example: of the sources {@code name: acme} and {@code query: select …} the second fails; the
 * inventory then has {@code acme}, what the query gave the last time, and a problem that says why.
 */
package dev.skein.agent.discovery;
