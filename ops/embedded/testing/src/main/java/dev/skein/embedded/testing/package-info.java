/**
 * Servers that the integration tests of every module share, from one provider for the whole run.
 *
 * <p>{@link dev.skein.embedded.testing.ServerProvider} says what a provider starts. The one for
 * {@code -Dskein.it=embedded}, which is the default, needs nothing but a JDK; the one for {@code
 * -Dskein.it=containers} runs the images of PostgreSQL, of the major version that {@code
 * -Dskein.postgres} names, and of Kafka, and needs a container engine. {@link
 * dev.skein.embedded.testing.ServerProviders} chooses; a test asks {@link
 * dev.skein.embedded.testing.TestServers} and does not know which one it got:
 *
 * <pre>{@code
 * String database = TestServers.freshDatabase("orders");
 * TestServers.postgres().execute(database, "create table a (id int)");
 * LogConfig.of(TestServers.kafka().bootstrapServers());
 * }</pre>
 */
package dev.skein.embedded.testing;
