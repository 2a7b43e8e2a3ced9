/**
 * The log that orchestrators and agents meet in, as a port, and its adapter for Apache Kafka.
 *
 * <p>The only package that uses the Kafka clients. Writers append, feeds follow, one record can be
 * read by its position, and an election chooses one leader. All callbacks arrive on the Vert.x
 * context that asked for them.
 */
package dev.skein.protocol.log;
