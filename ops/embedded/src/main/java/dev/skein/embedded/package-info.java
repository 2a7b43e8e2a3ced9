/**
 * Real servers for one machine: Apache Kafka inside this process, PostgreSQL as a child of it.
 *
 * <p>A server keeps its data either in a <em>kept</em> directory, which outlives the process and
 * takes up where it left off, or in a <em>temporary</em> one, which is deleted on close. Everything
 * listens on 127.0.0.1 only. What a user can put right is reported as an {@link
 * dev.skein.embedded.EmbeddedFailure}, whose message can be shown as it is.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaSettings.temporary());
 *         EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresSettings.temporary())) {
 *     postgres.createDatabase("acme");
 *     run(kafka.bootstrapServers(), postgres.uri("acme"));
 * }
 * }</pre>
 */
package dev.skein.embedded;
