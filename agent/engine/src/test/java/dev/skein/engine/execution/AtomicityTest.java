package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AtomicityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter type mood add value 'commit; begin'",
                "create table a (); insert into a default values;",
                "begin; alter table a add b int; update a set b = 1; commit;",
                "set lock_timeout = '1s'; START TRANSACTION; drop table a; END",
                "-- first;\n"
                        + "/* begin; */ create table a (); begin; insert into b values (1); commit",
                "BEGIN;\ndo $$ begin perform f(); end; $$;\nCOMMIT;\n-- the end",
                "do $x$ begin insert into a values ('$$'); end $x$",
                "create table a (); do $$ begin insert into a values (1); end $$",
                "begin; comment on table a is e'it\\'s; commit'; commit;",
            })
    void oneTransactionIsWhole(String sql) {
        assertThat(Atomicity.of(sql)).isEqualTo(Atomicity.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table a (); commit; begin; create table b (); commit;",
                "begin; create table a (); commit; create view v as select 1",
                "create table a (id int generated always as identity); commit; drop table b",
                "begin; create materialized view v as select 1; commit; alter table a add b int",
            })
    void severalTransactionsOfDefinitionsShowInTheCatalogue(String sql) {
        assertThat(Atomicity.of(sql)).isEqualTo(Atomicity.SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table a (); commit; insert into a default values;",
                "begin; create table a (); commit; create table b as select 1;",
                "begin; create table a (); commit; grant select on a to b;",
                "begin; update a set b = 1; commit; select f();",
                "call p()",
                "do $$ begin insert into a values (1); commit; end $$",
            })
    void dataInATransactionOfItsOwnMayStayUnseen(String sql) {
        assertThat(Atomicity.of(sql)).isEqualTo(Atomicity.BEYOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table a (); insert into a default values;",
                "begin; update a set b = 1; rollback;",
            })
    void transactionWithoutItsCommitIsNotTakenForWhole(String sql) {
        assertThat(Atomicity.of(sql)).isEqualTo(Atomicity.BEYOND);
    }
}
