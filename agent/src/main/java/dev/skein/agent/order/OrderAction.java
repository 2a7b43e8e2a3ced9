package dev.skein.agent.order;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Progress;

/** What is to be done next about one order, as {@link OrderScheduler} decided it. */
public sealed interface OrderAction {
    /** Answers with the visitor's overload for this action. */
    <R> R accept(Visitor<R> visitor);

    /** Its server has a free slot: execute it. */
    record Execute(OrderIssued order) implements OrderAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Nothing of it runs, and nothing starts during the pause of that number: report it. */
    record ConfirmPause(OrderIssued order, int pause, Progress progress) implements OrderAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Nothing of it runs, and nothing will start any more: report it. */
    record ConfirmStop(OrderIssued order, Progress progress) implements OrderAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Its database is not there, so nothing of it runs and nothing can: report it. */
    record ReportAbsent(OrderIssued order) implements OrderAction {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload an action: a missing case does not compile. */
    interface Visitor<R> {
        /** An order begins. */
        R on(Execute action);

        /** A pause is confirmed. */
        R on(ConfirmPause action);

        /** A stop is confirmed. */
        R on(ConfirmStop action);

        /** A database is not there. */
        R on(ReportAbsent action);
    }
}
