/**
 * What an order does to one database, decided without touching it.
 *
 * <p>Vocabulary: an {@link dev.skein.engine.execution.OrderExecution} carries out one order. It
 * asks for one {@link dev.skein.engine.execution.Action} at a time and is told the {@link
 * dev.skein.engine.execution.Reply}. What it does about each is {@code ExecutionTable}: in each
 * {@code ExecutionPhase}, for each {@link dev.skein.engine.execution.ExecutionEvent}, a pure
 * function from state to state and action. What a database says of itself is a {@link
 * dev.skein.engine.execution.Survey}; what is left to do there is a {@link
 * dev.skein.engine.execution.ExecutionPlan} of {@link dev.skein.engine.execution.PlannedStep}s, one
 * a step.
 *
 * <p>Nothing here reads a clock, draws random numbers or writes SQL. SQL of the plan passes through
 * as text. A simulation can therefore run the same decisions in virtual time. Example: {@code
 * Connect → Surveyed → AskPermit → go → Accept → Done → AskPermit → go → RunScript → Done →
 * Leave(FINISHED)}.
 */
package dev.skein.engine.execution;
