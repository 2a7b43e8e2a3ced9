/**
 * What a kind of database server offers to whoever carries out orders: the port that each engine
 * implements.
 *
 * <p>Vocabulary: an {@link dev.skein.engine.Engine} carries out one order in one database, which is
 * an <em>execution</em>; its reports go to a {@link dev.skein.engine.ReportSink}; an {@link
 * dev.skein.engine.ExecutionObserver} looks at it from inside. Agents and rehearsals use the same
 * port, so that what was rehearsed is what runs.
 *
 * <pre>{@code
 * engine.execute(assignment, permit, reports).onSuccess(end -> ...);
 * }</pre>
 *
 * <p>A second engine is a sibling of the package {@code postgres}. It implements {@link
 * dev.skein.engine.Engine}; its integration test extends {@code EngineContract} and gives an {@code
 * EngineUnderTest}: fresh databases, SQL from outside, and its dialect's scripts for each step
 * type. Its package is imported only where an engine is chosen.
 */
package dev.skein.engine;
