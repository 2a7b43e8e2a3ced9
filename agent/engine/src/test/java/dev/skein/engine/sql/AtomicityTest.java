package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.Atomicity;
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
                // What the words below are part of is no transaction control.
                "insert into a values (1), (2); select a$b$c; select d$b$ from e",
                "begin; insert into a values (U&'d\\0061t\\+000061; commit'); commit",
                "begin; update \"a;commit;\" set b = 1; update U&\"\\0061;commit;\" set b = 1; end",
                "begin; update a set b = $fn$ ; commit; $f$ ; $fn$; commit;",
                "create function f() returns int language sql begin atomic select 1; end;"
                        + " insert into a values (1)",
                "begin; create procedure p() begin atomic insert into a values (1);"
                        + " update a set b = case when c then 1 end; end; update a set b = 2; end",
                "begin; update a set b = 1*/* ; commit; */2, c = b-/* ; ' */1; commit",
                "begin; savepoint s; insert into a values (1); rollback to s; release s; commit",
                "begin; prepare q as select 1; execute q; commit",
                "update a set b = 1; commit",
                "begin; begin; update a set b = 1; commit; commit",
                "begin; set local lock_timeout = '1s'; update a set b = 1; commit and no chain",
                // Settings that were made can be taken back.
                "set work_mem = '1GB'; begin; update a set b = 1; commit; reset work_mem",
                "begin; update a set b = 1; commit; reset all",
                // With others in one query these cannot commit.
                "set lock_timeout = '1s'; call p()",
                "update a set b = 1; do $$ begin commit; end $$",
                "do $$ begin create temp table t () on commit drop; end $$",
                "do $$ begin /* commit; */ raise notice 'call rollback'; end $$",
                "create table a as select 1",
                "create database d",
            })
    void oneTransactionIsAtomic(String sql) {
        assertThat(SqlScript.atomicityOf(sql)).isEqualTo(Atomicity.ATOMIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table a (); commit; begin; create table b (); commit;",
                "begin; create table a (); commit; create view v as select 1",
                "create table a (id int generated always as identity); commit; drop table b",
                "begin; create materialized view v as select 1; commit; alter table a add b int",
                "begin; create schema s create table a (b int) create view v as select 1; commit;"
                        + " set lock_timeout = '1s'; create unique index i on a (b)",
                "begin; create table a as select 1 with no data; commit; comment on table a is 'b'",
                "begin; create or replace function f() returns int language sql begin atomic"
                        + " select 1; end; commit; create or replace procedure p() language sql"
                        + " as $$ insert into a values (1); commit; $$",
                "begin; alter table a alter b type int; commit; drop type c",
                "create index concurrently on a (b)",
                "alter table a detach partition b concurrently",
            })
    void severalTransactionsOfDefinitionsShowInTheCatalogue(String sql) {
        assertThat(SqlScript.atomicityOf(sql)).isEqualTo(Atomicity.SCHEMA_ONLY);
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
                "do 'begin call p(); end'",
                "do E'begin com\\x6dit; end'",
                "do 'begin com'\n'mit; end'",
                "do $$ plpy.commit() $$ language plpython3u",
                // A nested comment does not end where the inner one does.
                "begin; update a set b = 1;\n/* was: /* inner */ don't */ commit;\n"
                        + "begin; insert into c values ('x', null); commit",
                "begin; update a set b = 1; commit; set lock_timout = '1s'",
                "begin; update a set b = 1; commit; reset work_mem",
                "begin; update a set b = 1; commit and chain; update a set b = 2; commit",
                "update a$b$ set c = 1; commit; update a set d$b$ = 1",
                "begin; update a set b = 1; prepare transaction 'x'",
                "begin; create table a (); prepare transaction 'x'; create table b ()",
                "commit prepared 'x'",
                "begin; update a set b = 1; abort",
                // None of these shows in what agents compare.
                "begin; create table a (); commit; select 1 into b;",
                "begin; create table a (); commit; create schema s grant usage on schema s to b",
                "begin; create table a (); commit; alter table a owner to b",
                "begin; create table a (); commit; alter table a alter b type int using b + 1",
                "begin; create table a (); commit; alter sequence s restart",
                "begin; create table a (); commit; alter extension e update",
                "begin; create table a (); commit; create role b",
                "begin; create table a (); commit; comment on schema s is 'b'",
                "begin; create table a (); commit; vacuum a",
                "${statement}",
                "begin; create table a (); 'open",
            })
    void dataInATransactionOfItsOwnMayStayUnseen(String sql) {
        assertThat(SqlScript.atomicityOf(sql)).isEqualTo(Atomicity.NOT_ATOMIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; create table a (); insert into a default values;",
                "begin; update a set b = 1; rollback;",
                "update a set b = 1; commit; begin",
                "begin; update a set b = 1; commit and chain",
            })
    void transactionWithoutItsCommitIsNotTakenForWhole(String sql) {
        assertThat(SqlScript.atomicityOf(sql)).isEqualTo(Atomicity.NOT_ATOMIC);
    }
}
