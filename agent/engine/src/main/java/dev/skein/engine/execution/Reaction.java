package dev.skein.engine.execution;

import dev.skein.engine.execution.ExecutionEvent.Kind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a phase does about some events: the cells of one row of the table that are alike.
 *
 * @param targets the phases that may follow
 */
record Reaction(Set<Kind> events, Handler<ExecutionEvent> handler, Set<ExecutionPhase> targets) {
    /** Finds the transition; a pure function. */
    interface Handler<E extends ExecutionEvent> {
        Transition on(Execution execution, E event);
    }

    static Reaction begun(Handler<ExecutionEvent.Begin> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.BEGIN), ExecutionEvent.Begin.class, handler, targets);
    }

    static Reaction surveyed(Handler<Reply.Surveyed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.SURVEYED), Reply.Surveyed.class, handler, targets);
    }

    static Reaction go(Handler<Reply.Permitted> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.PERMIT_GO), Reply.Permitted.class, handler, targets);
    }

    static Reaction paused(Handler<Reply.Permitted> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.PERMIT_PAUSED), Reply.Permitted.class, handler, targets);
    }

    static Reaction stopped(Handler<Reply.Permitted> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.PERMIT_STOPPED), Reply.Permitted.class, handler, targets);
    }

    static Reaction superseded(Handler<Reply.Permitted> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.PERMIT_SUPERSEDED), Reply.Permitted.class, handler, targets);
    }

    static Reaction done(Handler<Reply.Done> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.DONE), Reply.Done.class, handler, targets);
    }

    static Reaction probed(Handler<Reply.Probed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.PROBED), Reply.Probed.class, handler, targets);
    }

    static Reaction fingerprinted(Handler<Reply.Fingerprinted> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.FINGERPRINTED), Reply.Fingerprinted.class, handler, targets);
    }

    static Reaction answered(Handler<Reply.Answered> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.ANSWERED), Reply.Answered.class, handler, targets);
    }

    static Reaction refused(Handler<Reply.Failed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.FAILED_REFUSED), Reply.Failed.class, handler, targets);
    }

    static Reaction lost(Handler<Reply.Failed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.FAILED_LOST), Reply.Failed.class, handler, targets);
    }

    static Reaction overtaken(Handler<Reply.Failed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.FAILED_OVERTAKEN), Reply.Failed.class, handler, targets);
    }

    static Reaction fenced(Handler<Reply.Failed> handler, ExecutionPhase... targets) {
        return of(EnumSet.of(Kind.FAILED_SUPERSEDED), Reply.Failed.class, handler, targets);
    }

    /** To a failure of whatever nature. */
    static Reaction failed(Handler<Reply.Failed> handler, ExecutionPhase... targets) {
        return of(
                EnumSet.range(Kind.FAILED_REFUSED, Kind.FAILED_SUPERSEDED),
                Reply.Failed.class,
                handler,
                targets);
    }

    private static <E extends ExecutionEvent> Reaction of(
            EnumSet<Kind> events, Class<E> type, Handler<E> handler, ExecutionPhase... targets) {
        EnumSet<ExecutionPhase> to = EnumSet.noneOf(ExecutionPhase.class);
        to.addAll(List.of(targets));
        return new Reaction(
                Collections.unmodifiableSet(events),
                (execution, event) -> handler.on(execution, type.cast(event)),
                Collections.unmodifiableSet(to));
    }

    /** These reactions and others. */
    static List<Reaction> with(List<Reaction> common, Reaction... own) {
        return Stream.concat(common.stream(), Stream.of(own)).toList();
    }

    /** These phases and others. */
    static ExecutionPhase[] and(ExecutionPhase[] some, ExecutionPhase... others) {
        EnumSet<ExecutionPhase> all = EnumSet.noneOf(ExecutionPhase.class);
        all.addAll(List.of(some));
        all.addAll(List.of(others));
        return all.toArray(ExecutionPhase[]::new);
    }
}
