package dev.skein.ops.source.prisma;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrismaRefusedTest {
    @Test
    void directoryWithoutScript() {
        assertThat(refusal(tree().file("1_a/migration.sql", "").file("2_b/notes.txt", "")))
                .isEqualTo(
                        "2_b: the directory has no migration.sql, and Prisma refuses all of them"
                                + " (P3015) [missing-script]. Delete the directory or restore the"
                                + " script");
    }

    @Test
    void noMigrationAtAll() {
        assertThat(refusal(tree().file("migration_lock.toml", "provider = \"postgresql\"")))
                .isEqualTo(
                        "db: no file here is a migration [empty]. Name them"
                                + " 20240131120000_what_it_does/migration.sql");
    }

    @Test
    void lockWithoutProvider() {
        assertThat(refusal(locked("# nothing")))
                .isEqualTo(
                        "migration_lock.toml: the file names no provider, and Prisma refuses it"
                                + " (P3019) [provider]. Write: provider = \"postgresql\"");
    }

    @Test
    void lockWithTheProvidersShortName() {
        assertThat(refusal(locked("provider = \"postgres\"")))
                .isEqualTo(
                        "migration_lock.toml: the provider is 'postgres', which Prisma refuses"
                                + " here (P3019) [provider]. Write: provider = \"postgresql\"");
    }

    @Test
    void lockOfCockroach() {
        assertThat(refusal(locked("provider = \"cockroachdb\"")))
                .isEqualTo(
                        "migration_lock.toml: the migrations were written for 'cockroachdb', and"
                                + " Skein's databases are PostgreSQL [provider]. CockroachDB has"
                                + " other statements and locks; there is no way to carry these"
                                + " over");
    }

    @ParameterizedTest
    @CsvSource({"mysql", "sqlite", "sqlserver"})
    void lockOfAnotherDatabase(String provider) {
        assertThat(refusal(locked("provider = \"" + provider + "\"")))
                .isEqualTo(
                        "migration_lock.toml: the migrations were written for '"
                                + provider
                                + "', and Skein's databases are PostgreSQL [provider]. Give the"
                                + " directory with the migrations for PostgreSQL");
    }

    @Test
    void transactionThatStaysOpen() {
        assertThat(refusal(script("select 1;\nbegin;\nselect 2;\n")))
                .isEqualTo(
                        "1_a/migration.sql:2: 'begin' begins a transaction that the script does"
                                + " not end; Prisma would lose all of it [transaction-control]."
                                + " End it with commit, or leave the begin out");
    }

    @Test
    void statementThatMustBeAloneInsideATransaction() {
        assertThat(refusal(script("begin;\ncreate index concurrently i on t (a);\ncommit;")))
                .isEqualTo(
                        "1_a/migration.sql:2: 'create index concurrently i on t (a)' cannot run"
                                + " inside the transaction that begins on line 1 [mixed]. Put it"
                                + " behind the end of the transaction, or into a migration of its"
                                + " own");
    }

    @Test
    void savepointWithoutTransaction() {
        assertThat(refusal(script("vacuum;\nsavepoint a;")))
                .isEqualTo(
                        "1_a/migration.sql:2: 'savepoint a' has no transaction: another statement"
                                + " of this script cannot run inside one, so each is a query of"
                                + " its own [transaction-control]. Put what needs the savepoint"
                                + " into a migration of its own");
    }

    @Test
    void scriptThatIsNoUtf8() {
        MapTree tree = tree().file("1_a/migration.sql", new byte[] {'-', '-', (byte) 0xE9, '\n'});
        assertThat(refusal(tree))
                .isEqualTo(
                        "1_a/migration.sql:1: the byte 0xE9 at offset 2 is no UTF-8 [not-utf-8]."
                                + " Save the file as UTF-8");
    }

    @Test
    void downIsReadByTheSameRule() {
        assertThat(refusal(script("select 1;").file("1_a/down.sql", "begin;")))
                .startsWith("1_a/down.sql:1: 'begin' begins a transaction");
    }

    private static MapTree locked(String lock) {
        return script("select 1;").file("migration_lock.toml", lock);
    }

    private static MapTree script(String sql) {
        return tree().file("1_a/migration.sql", sql);
    }

    private static String refusal(MapTree tree) {
        return String.join("\n", PlanRefusals.of(tree::prisma));
    }
}
