package dev.skein.ops.sim;

import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of work that walks ask of a database. */
final class Works {
    private static final Reply DONE = new Reply.Done(Duration.ofMillis(1));
    private static final long SCRIPT_MILLIS = 400;
    private static final long STATEMENT_MILLIS = 4_000;

    private Works() {}

    private static Reply written(SimDatabase database, Records records) {
        return database.write(records) ? checked(database) : superseded();
    }

    private static Reply checked(SimDatabase database) {
        BooksCheck.check(database);
        return DONE;
    }

    private static Reply superseded() {
        StepFailure failure =
                new StepFailure("superseded", Optional.empty(), "superseded", false, List.of());
        return new Reply.Failed(failure, Reply.Failed.Nature.SUPERSEDED);
    }

    private static Optional<StepFailure> refusal(SimDatabase database, String sql) {
        return database.refuses(sql)
                ? Optional.of(Statement.refused("23505", "the data is not as expected"))
                : Optional.empty();
    }

    record Accepting(SimDatabase database, OrderIssued order, Records records) implements Work {
        @Override
        public Reply end() {
            database.ledger().raise(order.epoch(), order.log());
            return written(database, records);
        }
    }

    /** Takes out of the books what is half done in them, if the order holds. */
    record Mending(SimDatabase database, Work accepting) implements Work {
        @Override
        public Reply end() {
            Reply reply = accepting.end();
            if (reply == DONE) {
                database.versions().mend();
            }
            return reply;
        }
    }

    record Writing(SimDatabase database, Records records) implements Work {
        @Override
        public Reply end() {
            return written(database, records);
        }
    }

    record Script(SimDatabase database, String sql, Records records) implements Work {
        @Override
        public Optional<StepFailure> begin() {
            return refusal(database, sql);
        }

        @Override
        public Reply end() {
            Reply reply = database.write(records) ? DONE : superseded();
            if (reply == DONE) {
                database.schema().run(sql);
                BooksCheck.check(database);
            }
            return reply;
        }

        @Override
        public boolean isStep() {
            return true;
        }

        @Override
        public long longestMillis() {
            return SCRIPT_MILLIS;
        }
    }

    /** Remembers between begin and end what the statement found. */
    static final class Outside implements Work {
        private final SimDatabase database;
        private final String sql;
        private final Statement statement;

        Outside(SimDatabase database, String sql) {
            this.database = database;
            this.sql = sql;
            statement = new Statement(database.schema(), sql);
        }

        @Override
        public Optional<StepFailure> begin() {
            return statement.begin().or(() -> refusal(database, sql));
        }

        @Override
        public Reply end() {
            statement.succeed();
            return checked(database);
        }

        @Override
        public boolean isStep() {
            return true;
        }

        @Override
        public long longestMillis() {
            return STATEMENT_MILLIS;
        }
    }

    record Asking(SimDatabase database, Probe probe) implements Work {
        @Override
        public Reply end() {
            if (probe instanceof Probe.IndexCreated created) {
                return new Reply.Probed(Statement.created(database.schema(), created.index()));
            }
            if (probe instanceof Probe.IndexDropped dropped) {
                return new Reply.Probed(Statement.dropped(database.schema(), dropped.index()));
            }
            throw new IllegalStateException("the catalogue knows nothing of " + probe);
        }
    }

    record Fingerprinting(SimDatabase database, List<String> objects) implements Work {
        @Override
        public Reply end() {
            SortedMap<String, String> digests = new TreeMap<>();
            objects.stream()
                    .filter(database.schema()::hasPart)
                    .forEach(each -> digests.put(each, SimRehearsal.DIGEST));
            return new Reply.Fingerprinted(digests);
        }
    }

    record Dropping(SimDatabase database, List<String> names) implements Work {
        @Override
        public Reply end() {
            for (String name : names) {
                Violation.unless(
                        !database.schema().isValid(name),
                        database.id() + ": the valid index " + name + " is dropped as a remnant");
                database.schema().dropIndex(name);
            }
            return checked(database);
        }

        @Override
        public boolean isStep() {
            return true;
        }
    }

    record Checking(String answer) implements Work {
        @Override
        public Reply end() {
            return new Reply.Answered(Optional.of(answer));
        }
    }
}
