/**
 * The contract between orchestrator and agents: what they write to the log, and how it is written.
 *
 * <p>Core packages ({@code id}, {@code plan}, {@code strategy}, {@code event}, {@code text}) are
 * plain values. {@code codec} turns them into bytes and back, {@code log} carries the bytes over
 * Apache Kafka.
 */
package dev.skein.protocol;
