package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTransactionalityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    create index concurrently i on t (a)                | CREATE_INDEX
                    CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)         | CREATE_INDEX
                    /* a */ create /* b */ index concurrently i on t(a) | CREATE_INDEX
                    drop index concurrently i                           | DROP_INDEX
                    drop index concurrently if exists s.i cascade       | DROP_INDEX
                    reindex index concurrently i                        | REINDEX_INDEX
                    reindex table concurrently t                        | REINDEX_TABLE
                    reindex (verbose) table concurrently t              | REINDEX_TABLE
                    reindex (concurrently) table t                      | REINDEX_TABLE
                    reindex (verbose, concurrently true) index i        | REINDEX_INDEX
                    reindex schema s                                    | REINDEX_MANY
                    reindex schema concurrently s                       | REINDEX_MANY
                    reindex (verbose) database d                        | REINDEX_MANY
                    reindex system d                                    | REINDEX_MANY
                    alter table p detach partition c concurrently       | DETACH_PARTITION
                    vacuum                                              | VACUUM
                    vacuum (analyze) t                                  | VACUUM
                    cluster                                             | CLUSTER
                    cluster verbose                                     | CLUSTER
                    cluster (verbose)                                   | CLUSTER
                    create database d                                   | DATABASE
                    drop database if exists d                           | DATABASE
                    alter database d set tablespace s                   | DATABASE
                    create tablespace s location '/s'                   | TABLESPACE
                    drop tablespace s                                   | TABLESPACE
                    alter system set work_mem = '4MB'                   | SYSTEM
                    create subscription s connection '' publication p   | SUBSCRIPTION
                    alter subscription s refresh publication            | SUBSCRIPTION
                    alter subscription s set publication p              | SUBSCRIPTION
                    alter subscription s add publication p              | SUBSCRIPTION
                    alter subscription s set (two_phase = true)         | SUBSCRIPTION
                    drop subscription s                                 | SUBSCRIPTION
                    discard all                                         | DISCARD
                    """)
    void runsOutsideOfATransactionOnly(String sql, StatementKind kind) {
        expect(sql, Transactionality.NON_TRANSACTIONAL, kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    create index i on t (a)                                  | CREATE_INDEX
                    create index on t (a)                                    | CREATE_INDEX
                    drop index i, j                                          | DROP_INDEX
                    reindex table t                                          | REINDEX_TABLE
                    reindex (concurrently false) index i                     | REINDEX_INDEX
                    alter table p detach partition c                         | DETACH_PARTITION
                    alter table p detach partition c finalize                | DETACH_PARTITION
                    alter table p add column "concurrently" int              | OTHER
                    cluster t using i                                        | CLUSTER
                    cluster verbose t                                        | CLUSTER
                    alter database d set work_mem = '4MB'                    | DATABASE
                    create subscription s connection '' publication p with (connect = false) \
                                                                             | SUBSCRIPTION
                    alter subscription s disable                             | SUBSCRIPTION
                    alter subscription s set publication p with (refresh = off) | SUBSCRIPTION
                    alter subscription s set (streaming = on)                | SUBSCRIPTION
                    discard temp                                             | DISCARD
                    alter type e add value 'x' before 'y'                    | OTHER
                    call p()                                                 | OTHER
                    do 'begin end'                                           | OTHER
                    analyze t                                                | OTHER
                    lock table t                                             | OTHER
                    set local lock_timeout = '1s'                            | OTHER
                    set constraints all deferred                             | OTHER
                    select set_config('a.b', f(1, 'x'), true)                | OTHER
                    select set_config('a.b', 'c', is_local => true)          | OTHER
                    select 'set_config(1)', "vacuum" from "begin"            | OTHER
                    prepare q as select 1                                    | OTHER
                    prepare transaction as select 1                          | OTHER
                    comment on table t is 'create index concurrently i on t' | OTHER
                    (select 1)                                               | OTHER
                    what_the_grammar_never_saw with (words)                  | OTHER
                    """)
    void runsInsideOfATransaction(String sql, StatementKind kind) {
        expect(sql, Transactionality.TRANSACTIONAL, kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    begin                                        | BEGIN
                    BEGIN WORK                                   | BEGIN
                    start transaction isolation level serializable | BEGIN
                    commit                                       | COMMIT
                    commit and chain                             | COMMIT
                    end transaction                              | COMMIT
                    rollback                                     | ROLLBACK
                    abort                                        | ROLLBACK
                    savepoint a                                  | SAVEPOINT
                    release savepoint a                          | SAVEPOINT
                    rollback to a                                | SAVEPOINT
                    rollback work to savepoint a                 | SAVEPOINT
                    prepare transaction 'x'                      | TWO_PHASE
                    commit prepared 'x'                          | TWO_PHASE
                    rollback prepared 'x'                        | TWO_PHASE
                    set transaction isolation level serializable | SET_TRANSACTION
                    """)
    void controlsTheTransaction(String sql, StatementKind kind) {
        expect(sql, Transactionality.CONTROL, kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    set search_path = a, b
                    set session statement_timeout to 0
                    set time zone 'UTC'
                    set role r
                    set session authorization r
                    set session characteristics as transaction read only
                    reset all
                    SELECT pg_catalog.set_config('search_path', '', false)
                    select set_config('a.b', 'true', (not true))
                    """)
    void changesTheSession(String sql) {
        expect(sql, Transactionality.SESSION, StatementKind.SETTING);
    }

    private static void expect(String sql, Transactionality transactionality, StatementKind kind) {
        SqlScript script = SqlScript.parse("x.sql", sql + ";");
        assertThat(script.statements()).hasSize(1);
        assertThat(script.statements().get(0).transactionality()).isEqualTo(transactionality);
        assertThat(script.statements().get(0).kind()).isEqualTo(kind);
    }
}
