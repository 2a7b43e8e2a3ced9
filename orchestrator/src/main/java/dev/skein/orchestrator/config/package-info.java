/**
 * What an orchestrator's configuration file says, read once at start and never changed.
 *
 * <p>Example: {@code SettingsFile.read(path, System.getenv(), OrchestratorConfig::read)} gives an
 * {@link dev.skein.orchestrator.config.OrchestratorConfig}, or every problem of the file at once.
 */
package dev.skein.orchestrator.config;
