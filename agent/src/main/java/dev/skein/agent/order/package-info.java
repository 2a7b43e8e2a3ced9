/**
 * What an agent is told and what it says: orders, the queues they wait in, permits, reports.
 *
 * <p>Vocabulary: the {@link dev.skein.agent.order.OrderScheduler} knows every order and answers
 * each fact with {@link dev.skein.agent.order.OrderAction}s; the {@link
 * dev.skein.agent.order.OrderDispatcher} carries them out; the {@link
 * dev.skein.agent.order.Reporter} brings reports into the log, however long that takes.
 *
 * <p>Example: a rollout is paused while one of its orders waits for a free slot of its server: the
 * scheduler answers {@code RolloutPaused} with {@code ConfirmPause} for that order, and with
 * nothing for the one that is being executed, whose next permit says so.
 */
package dev.skein.agent.order;
