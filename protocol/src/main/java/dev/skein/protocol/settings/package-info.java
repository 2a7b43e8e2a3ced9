/**
 * Reads trees of settings: configuration files, strategy files and the bodies of HTTP requests.
 *
 * <p>A reader asks a {@link dev.skein.protocol.settings.Settings} for the keys it knows, each with
 * its default and bounds, and builds a record of the answers. What is wrong is collected with its
 * full key path and reported together; a key that no code asks for is wrong too. Nothing invalid
 * ever becomes a default.
 *
 * <p>Scalar keys can be overridden by the environment. The variable's name is the key path in upper
 * case with {@code SKEIN_} before it and {@code _} for each {@code -} and {@code .}: {@code
 * SKEIN_KAFKA_BOOTSTRAP_SERVERS} overrides {@code kafka.bootstrap-servers}. Keys inside lists,
 * lists themselves and labels cannot be overridden, and an optional section that the file lacks is
 * not brought about by the environment.
 *
 * <p>Example:
 *
 * <pre>{@code
 * record KafkaConfig(String servers, Duration timeout) {
 *     static KafkaConfig read(Settings settings) {
 *         return new KafkaConfig(
 *                 settings.text("bootstrap-servers"),
 *                 settings.duration("timeout", Duration.ofSeconds(30)));
 *     }
 * }
 * KafkaConfig config = SettingsFile.read(path, System.getenv(), KafkaConfig::read);
 * }</pre>
 */
package dev.skein.protocol.settings;
