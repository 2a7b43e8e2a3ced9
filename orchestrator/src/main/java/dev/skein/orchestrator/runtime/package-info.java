/**
 * The shell around the fold: follows the log, lets one orchestrator decide, appends what was
 * decided and tells readers.
 *
 * <p>Vocabulary: the <em>owner</em> is the one context that holds the live state; the
 * <em>leader</em> is the orchestrator that may decide: it was elected, and its exclusive writer
 * fences any other; a decision's answer is held back until its own events have been read back and
 * folded.
 *
 * <p>Example: a command enters by {@link dev.skein.orchestrator.runtime.FleetService#submit}, waits
 * in the queue of its rollout, is decided on the state of that moment, appended in one transaction,
 * folded when the feed brings it back, and only then answered.
 */
package dev.skein.orchestrator.runtime;
