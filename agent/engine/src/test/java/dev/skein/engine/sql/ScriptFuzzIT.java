package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.Atomicity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares what the reader says of scripts with what PostgreSQL does with them. A script that it
 * disagrees about is made as short as it can be and printed with the seed, which {@code
 * -Dskein.fuzz.seed} gives again; {@code -Dskein.fuzz.runs} asks for more scripts.
 */
final class ScriptFuzzIT {
    private static final long SEED = Long.getLong("skein.fuzz.seed", 20_260_101);
    private static final int RUNS = Integer.getInteger("skein.fuzz.runs", 500);

    private static final int FOUND_MAX = 25;

    private static final String SYNTAX_ERROR = "42601";
    private static final String ACTIVE_TRANSACTION = "25001";

    /** Refused although the server may take them, each for a reason of its own. */
    private static final Set<RefusalCode> OUR_OWN =
            Set.of(RefusalCode.COPY_STDIN, RefusalCode.STRING_ESCAPES, RefusalCode.UNREADABLE_NAME);

    private static FuzzServer server;

    @BeforeAll
    static void connect() {
        server = new FuzzServer();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void readerAgreesWithTheServer() {
        System.out.println("skein.fuzz.seed=" + SEED);
        List<String> found = new ArrayList<>();
        int ran = 0;
        for (int run = 0; run < RUNS && found.size() < FOUND_MAX; run++) {
            FuzzScripts scripts = new FuzzScripts(new SplittableRandom(SEED + run));
            FuzzScripts.Script script = scripts.next();
            FuzzServer.Outcome outcome = run(script.text());
            ran += outcome.error().filter(SYNTAX_ERROR::equals).isEmpty() ? 1 : 0;
            if (script.plain()
                    && isRead(script.text())
                    && SqlScript.atomicityOf(script.text()) != Atomicity.ATOMIC
                    && !outcome.error().equals(Optional.of(SYNTAX_ERROR))) {
                found.add(
                        "-Dskein.fuzz.seed=%d: not read as atomic%n%s"
                                .formatted(SEED + run, script.text()));
            }
            if (disagreement(script.text(), outcome).isPresent()) {
                String shortest = shortest(script.pieces());
                found.add(
                        "-Dskein.fuzz.seed=%d: %s%n%s"
                                .formatted(
                                        SEED + run,
                                        disagreement(shortest).orElseThrow(),
                                        shortest));
            }
        }
        assertThat(found).isEmpty();
        assertThat(ran).as("scripts without an error of syntax").isGreaterThan(RUNS / 2);
    }

    private static String text(List<String> pieces) {
        return String.join("", pieces);
    }

    /** The client waits for ever for the answer to a query that is empty, so none is sent alone. */
    private static FuzzServer.Outcome run(String script) {
        String sent = SqlScript.asOneQuery("fuzz.sql", script);
        return server.run(isRead(script) ? sent : sent + "\n;select 1");
    }

    /** Whether the reader takes it and finds a statement in it. */
    private static boolean isRead(String script) {
        try {
            return !SqlScript.parse("fuzz.sql", script).statements().isEmpty();
        } catch (SqlRefused refused) {
            return false;
        }
    }

    private static String shortest(List<String> pieces) {
        List<String> kept = new ArrayList<>(pieces);
        boolean again = true;
        while (again) {
            again = false;
            for (int i = 0; i < kept.size(); i++) {
                List<String> fewer = new ArrayList<>(kept);
                fewer.remove(i);
                if (disagreement(text(fewer)).isPresent()) {
                    kept = fewer;
                    again = true;
                }
            }
        }
        return text(kept);
    }

    /** In what the two disagree. */
    private static Optional<String> disagreement(String script) {
        return disagreement(script, run(script));
    }

    private static Optional<String> disagreement(String script, FuzzServer.Outcome outcome) {
        SqlScript read;
        try {
            read = SqlScript.parse("fuzz.sql", script);
        } catch (SqlRefused refused) {
            boolean ours =
                    refused.problems().stream().anyMatch(each -> OUR_OWN.contains(each.code()));
            return ours || outcome.error().isPresent()
                    ? Optional.empty()
                    : Optional.of("refused, and the server takes it: " + refused.getMessage());
        }
        return inSplitting(read, outcome)
                .or(() -> inTransactionality(read, outcome))
                .or(() -> inAtomicity(read, outcome));
    }

    private static Optional<String> inSplitting(SqlScript read, FuzzServer.Outcome outcome) {
        int statements = read.statements().size();
        return outcome.error().isEmpty() && Math.max(statements, 1) != outcome.results()
                ? Optional.of(
                        "read as %d statements, answered as %d"
                                .formatted(statements, outcome.results()))
                : Optional.empty();
    }

    private static Optional<String> inTransactionality(SqlScript read, FuzzServer.Outcome outcome) {
        boolean alone = read.statements().size() == 1;
        boolean refuses = read.statements().stream().anyMatch(ScriptFuzzIT::refusesTransaction);
        boolean refused = outcome.error().filter(ACTIVE_TRANSACTION::equals).isPresent();
        boolean twoPhase =
                read.statements().stream().anyMatch(each -> each.kind() == StatementKind.TWO_PHASE);
        if (refuses && !twoPhase && !alone && outcome.error().isEmpty()) {
            return Optional.of("read as non-transactional, runs inside a transaction block");
        }
        return refused && !refuses && outcome.message().contains("cannot run inside")
                ? Optional.of("read as transactional, and " + outcome.message())
                : Optional.empty();
    }

    private static boolean refusesTransaction(SqlStatement statement) {
        return statement.transactionality() == Transactionality.NON_TRANSACTIONAL
                || statement.kind() == StatementKind.TWO_PHASE;
    }

    private static Optional<String> inAtomicity(SqlScript read, FuzzServer.Outcome outcome) {
        if (outcome.error().isEmpty()) {
            return Optional.empty();
        }
        boolean stayed = outcome.rowsStayed() || outcome.definitionsStayed();
        if (read.atomicity() == Atomicity.ATOMIC && stayed) {
            return Optional.of("read as atomic, and after an error parts of it stayed");
        }
        return read.atomicity() == Atomicity.SCHEMA_ONLY && outcome.rowsStayed()
                ? Optional.of("read as schema-only, and after an error rows of it stayed")
                : Optional.empty();
    }
}
