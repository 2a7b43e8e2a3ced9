/**
 * What an agent's configuration file says, read once at start and never changed.
 *
 * <p>Example: {@code SettingsFile.read(path, System.getenv(), AgentConfig::read)} gives an {@link
 * dev.skein.agent.config.AgentConfig}, or every problem of the file at once. Passwords are named by
 * file or environment variable and show themselves nowhere.
 */
package dev.skein.agent.config;
