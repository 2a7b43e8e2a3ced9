/**
 * Runs the programs that record what migrations execute: each is started in the team's project,
 * writes a JSON value a line into a file, and is watched for progress.
 */
package dev.skein.ops.source.record;
