/**
 * The whole system in one process, as an operator uses it: orchestrator and agent over real Kafka
 * and real PostgreSQL, asked by HTTP, judged by what is in the databases.
 *
 * <p>Each test has databases and topics of its own on the shared servers. A test that needs a
 * moment in the middle of a step makes it: a migration that calls {@code pass_gate('name')} ends
 * when the test opens that gate.
 */
package dev.skein.ops.system;
