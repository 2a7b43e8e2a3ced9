package dev.skein.engine.execution;

/** What follows on an event: the state from now on, and what is to be done. */
record Transition(ExecutionState state, Action action) {}
