package dev.skein.engine.postgres.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.CatalogueRow;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.ObjectChange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of change to a schema is seen as, and what is not seen. */
final class CatalogueIT {
    private static final CatalogueScope WHOLE =
            new CatalogueScope(Optional.empty(), Optional.empty(), List.of("books"));

    private static final String SCHEMA =
            """
            create table customer (id bigint generated always as identity primary key,
              name text not null, born date, gone int);
            create table invoice (id serial, customer bigint, due date, total numeric(10,2));
            create index invoice_due on invoice (due);
            create view open as select id, due from invoice where total > 0;
            create materialized view late as select id from invoice;
            create type mood as enum ('good', 'bad');
            create type pair as (a int, b text);
            create domain amount as numeric check (value >= 0);
            create sequence numbers;
            create function twice(n int) returns int language sql as 'select n * 2';
            create function touch() returns trigger language plpgsql
              as 'begin return new; end';
            create trigger touched before update on invoice for each row execute function touch();
            create table day (d date) partition by range (d);
            create table day_1 partition of day for values from ('2026-01-01') to ('2026-01-02');
            create table books (version text primary key);
            create schema skein; create table skein.ledger (n int);
            """;

    private final String database = TestServers.freshDatabase("catalogue");

    @BeforeEach
    void createSchema() {
        execute(SCHEMA);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(
                        "create table t (n int)",
                        "column public.t.n; column-order public.t; table public.t"),
                arguments("alter table day_1 set unlogged", "table public.day_1"),
                arguments("alter table invoice set (fillfactor = 70)", "table public.invoice"),
                arguments("alter table invoice enable row level security", "table public.invoice"),
                arguments("alter table day detach partition day_1", "table public.day_1"),
                arguments("comment on table invoice is 'x'", "table public.invoice"),
                arguments(
                        "alter table customer drop column gone",
                        "column public.customer.gone; column-order public.customer"),
                arguments(
                        "alter table customer alter name drop not null",
                        "column public.customer.name"),
                arguments(
                        "alter table customer alter born set default now()",
                        "column public.customer.born"),
                arguments(
                        "alter table customer alter born type timestamptz",
                        "column public.customer.born"),
                arguments("comment on column invoice.due is 'x'", "column public.invoice.due"),
                arguments(
                        "alter table invoice alter due set (n_distinct = 5)",
                        "column public.invoice.due"),
                arguments(
                        "alter table invoice add unique (due)",
                        "constraint public.invoice.invoice_due_key; index public.invoice_due_key"),
                arguments(
                        "alter table invoice add constraint k check (total > 0) not valid",
                        "constraint public.invoice.k"),
                arguments("create index i on invoice (id)", "index public.i"),
                arguments(
                        "update pg_index set indisvalid = false"
                                + " where indexrelid = 'invoice_due'::regclass",
                        "index public.invoice_due"),
                arguments(
                        "alter index invoice_due rename to d",
                        "index public.d; index public.invoice_due"),
                arguments(
                        "create or replace view open as select id, due from invoice",
                        "view public.open"),
                arguments("alter view open set (security_barrier)", "view public.open"),
                arguments("drop materialized view late", "materialized view public.late"));
    }

    static Stream<Arguments> furtherChanges() {
        return Stream.of(
                arguments(
                        "create function twice(n text) returns text language sql as 'select n'",
                        "function public.twice(text)"),
                arguments("alter function twice(int) immutable", "function public.twice(integer)"),
                arguments(
                        "create procedure p() language sql as 'select 1'", "procedure public.p()"),
                arguments(
                        "create aggregate agg (int) (sfunc = int4pl, stype = int)",
                        "aggregate public.agg(integer)"),
                arguments("drop trigger touched on invoice", "trigger public.invoice.touched"),
                arguments(
                        "alter table invoice disable trigger touched",
                        "trigger public.invoice.touched"),
                arguments("alter type mood add value 'so' after 'good'", "type public.mood"),
                arguments("alter type pair add attribute c int", "type public.pair"),
                arguments("alter domain amount set not null", "type public.amount"),
                arguments("create type span as range (subtype = int)", "type public.span"),
                arguments("alter sequence numbers increment 2", "sequence public.numbers"),
                arguments("alter sequence numbers owned by invoice.id", "sequence public.numbers"),
                arguments("create policy p on invoice using (true)", "policy public.invoice.p"),
                arguments(
                        "create rule r as on insert to open do instead nothing",
                        "rule public.open.r"),
                arguments("create statistics s on id, due from invoice", "statistics public.s"),
                arguments("create schema audit", "schema audit"),
                arguments("create extension hstore", "extension hstore"),
                arguments(
                        "create collation c (provider = libc, locale = 'C')", "collation public.c"),
                arguments(
                        "create operator === (leftarg = int, rightarg = int, function = int4eq)",
                        "operator public.===(integer, integer)"),
                arguments(
                        "create cast (amount as mood) with inout",
                        "cast (public.amount as public.mood)"),
                arguments(
                        "create text search configuration c (copy = simple)",
                        "text search configuration public.c"),
                arguments("create publication p for table invoice", "publication p"));
    }

    @ParameterizedTest
    @MethodSource({"changes", "furtherChanges"})
    void changeOfOneObjectIsSeenAndNothingElseIs(String change, String objects) {
        // given
        Fingerprint before = fingerprint(WHOLE);
        // when
        execute(change);
        // then
        assertThat(Fingerprint.changes(before, fingerprint(WHOLE)))
                .extracting(ObjectChange::object)
                .containsExactly(objects.split("; "));
    }

    @Test
    void versionTableLedgerOwnersGrantsDataAndNumbersOfObjectsAreNotSeen() {
        // given
        Fingerprint before = fingerprint(WHOLE);
        // when
        execute(
                "alter table books add owner text; create index on books (owner);"
                        + "create table skein.more (n int); create role somebody_else;"
                        + "alter table invoice owner to somebody_else;"
                        + "grant select on customer to somebody_else;"
                        + "insert into customer (name) values ('x'); select nextval('numbers');"
                        + "alter table customer drop gone; alter table customer add gone int;"
                        + "drop index invoice_due; create index invoice_due on invoice (due)");
        // then
        assertThat(Fingerprint.changes(before, fingerprint(WHOLE))).isEmpty();
        assertThat(fingerprint(WHOLE).whole()).isEqualTo(before.whole());
    }

    @Test
    void whatADistributionsServerKeepsWithAColumnIsNotSeen() {
        // given
        execute("alter table invoice alter due set (n_distinct = 5)");
        Fingerprint before = fingerprint(WHOLE);
        // when
        execute(
                "update pg_attribute set attoptions = coalesce(attoptions, '{}') || '{pg_attver=7}'"
                        + " where attrelid in ('invoice'::regclass, 'customer'::regclass)"
                        + " and attnum > 0");
        // then
        assertThat(Fingerprint.changes(before, fingerprint(WHOLE))).isEmpty();
        assertThat(fingerprint(WHOLE).whole()).isEqualTo(before.whole());
    }

    @Test
    void tenantsThatAreSchemasCompareAndSeeNothingOfEachOther() {
        // given
        String tenant =
                "create schema %1$s; set search_path = %1$s; create type mood as enum ('good');"
                        + "create table a (id serial primary key, m mood default 'good');"
                        + "create view v as select id from a; create index on a (m);"
                        + "create function f() returns bigint language sql"
                        + " as 'select count(*) from %1$s.a'; reset search_path;";
        execute(tenant.formatted("t1") + tenant.formatted("\"Tenant 2\""));
        // when
        Fingerprint one = fingerprint(tenant("t1"));
        Fingerprint other = fingerprint(tenant("Tenant 2"));
        // then
        assertThat(Fingerprint.changes(one, other)).isEmpty();
        assertThat(one.digests())
                .containsKeys("table public.a", "function public.f()", "sequence public.a_id_seq")
                .doesNotContainKeys("table public.invoice", "schema t1");
    }

    private static CatalogueScope tenant(String schema) {
        return new CatalogueScope(Optional.of(schema), Optional.empty(), List.of("books"));
    }

    private void execute(String sql) {
        TestServers.postgres().execute(database, sql);
    }

    private Fingerprint fingerprint(CatalogueScope scope) {
        List<CatalogueRow> rows = new ArrayList<>();
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(Catalogue.PREPARATION);
            ResultSet found = statement.executeQuery(Catalogue.query(scope));
            while (found.next()) {
                rows.add(new CatalogueRow(found.getString(1), found.getString(2)));
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
        return scope.fingerprint(rows);
    }
}
