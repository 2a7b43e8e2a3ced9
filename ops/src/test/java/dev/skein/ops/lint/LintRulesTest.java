package dev.skein.ops.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.lint.rule.AllRules;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds its hazard and is silent beside the safe way, and on tables of the plan. */
class LintRulesTest {
    private static final String OUTSIDE = "#";

    /**
     * A rule, a script that it speaks of, and one of which no rule speaks but where a list says.
     */
    record Sample(String rule, String hazard, String safe) {
        static Sample of(String rule, String hazard, String safe) {
            return new Sample(rule, hazard, safe);
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                Sample.of(
                        "create-index-not-concurrently",
                        "create index on customer (city)",
                        "#create index concurrently c on customer (city)"),
                Sample.of(
                        "drop-index-not-concurrently",
                        "drop index customer_city",
                        "#drop index concurrently customer_city"),
                Sample.of(
                        "reindex-not-concurrently",
                        "reindex table customer",
                        "#reindex table concurrently customer"),
                Sample.of(
                        "concurrently-in-transaction",
                        "create index concurrently c on customer (city)",
                        "#create index concurrently c on customer (city)"),
                Sample.of(
                        "detach-not-concurrently",
                        "alter table m detach partition m_2019",
                        "#alter table m detach partition m_2019 concurrently"),
                Sample.of(
                        "attach-without-check",
                        "alter table m attach partition m_2024 for values in (1)",
                        "create table m_2024 (a int); alter table m attach partition m_2024"
                                + " for values in (1)"),
                Sample.of(
                        "column-type-changed",
                        "alter table customer alter column id type bigint",
                        "alter table customer alter column id set statistics 100"),
                Sample.of(
                        "volatile-default",
                        "alter table customer add column token uuid default gen_random_uuid()",
                        "alter table customer add column seen timestamptz default now()"),
                Sample.of(
                        "generated-stored-column",
                        "alter table customer add column l text generated always as (lower(a))"
                                + " stored",
                        "alter table customer add column l text"),
                Sample.of(
                        "serial-column",
                        "alter table customer add column n bigserial",
                        "alter table customer add column n bigint"),
                Sample.of(
                        "required-column-without-default",
                        "alter table customer add column region text not null",
                        "alter table customer add column region text not null default 'eu'"),
                Sample.of(
                        "set-not-null",
                        "alter table customer alter column city set not null",
                        "alter table customer add constraint c check (city is not null) not"
                                + " valid"),
                Sample.of(
                        "check-without-not-valid",
                        "alter table customer add constraint c check (n > 0)",
                        "alter table customer add constraint c check (n > 0) not valid"),
                Sample.of(
                        "foreign-key-without-not-valid",
                        "alter table invoice add constraint f foreign key (customer) references"
                                + " customer",
                        "alter table invoice add column customer int references customer"),
                Sample.of(
                        "foreign-key-without-index",
                        "alter table invoice add constraint f foreign key (customer) references"
                                + " customer not valid",
                        "alter table invoice add column customer int references customer"),
                Sample.of(
                        "unique-without-index",
                        "alter table customer add constraint u unique (email)",
                        "alter table customer add constraint u unique using index u"),
                Sample.of(
                        "primary-key-without-index",
                        "alter table customer add primary key (id)",
                        "alter table customer add constraint p primary key using index p"),
                Sample.of(
                        "exclusion-constraint",
                        "alter table room add constraint e exclude using gist (during with &&)",
                        "alter table room add column during tstzrange"),
                Sample.of(
                        "validate-in-same-transaction",
                        "alter table c add constraint k check (n > 0) not valid; alter table c"
                                + " validate constraint k",
                        "alter table c validate constraint k"),
                Sample.of(
                        "work-under-exclusive-lock",
                        "alter table customer add column a int; update customer set a = 1 where id"
                                + " < 9",
                        "update customer set a = 1 where id < 9; alter table customer add column a"
                                + " int"),
                Sample.of(
                        "rename-column",
                        "alter table customer rename column city to town",
                        "alter table customer rename constraint a to b"),
                Sample.of(
                        "rename-table",
                        "alter table customer rename to client",
                        "alter index a rename to b"),
                Sample.of(
                        "rename-view-or-type",
                        "alter type mood rename to humour",
                        "alter type mood add value 'fine'"),
                Sample.of(
                        "drop-column",
                        "alter table customer drop column city",
                        "alter table customer drop constraint city"),
                Sample.of("drop-table", "drop table customer", "drop function f()"),
                Sample.of(
                        "drop-cascade",
                        "alter table customer drop constraint k cascade",
                        "alter table customer drop constraint k"),
                Sample.of("json-column", "create table t (a json)", "create table t (a jsonb)"),
                Sample.of(
                        "enum-value-used-in-transaction",
                        "alter type mood add value 'fine'; insert into m values ('fine')",
                        "alter type mood add value 'fine'"),
                Sample.of(
                        "whole-table-update",
                        "update customer set city = 'x'",
                        "update customer set city = 'x' where id < 9"),
                Sample.of("truncate", "truncate table customer", "delete from c where id < 9"),
                Sample.of("vacuum-full", "#vacuum (verbose, full) customer", "#vacuum customer"),
                Sample.of(
                        "drop-not-null",
                        "alter table customer alter column city drop not null",
                        "alter table customer alter column city set default 'x'"),
                Sample.of(
                        "drop-default",
                        "alter table customer alter column city drop default",
                        "alter table customer alter column city set default 'x'"),
                Sample.of(
                        "refresh-not-concurrently",
                        "refresh materialized view sales",
                        "refresh materialized view concurrently sales"),
                Sample.of(
                        "set-tablespace",
                        "alter table customer set tablespace fast",
                        "alter table customer set (fillfactor = 70)"),
                Sample.of(
                        "set-logged",
                        "alter table customer set unlogged",
                        "alter table customer set (fillfactor = 70)"),
                Sample.of(
                        "toggle-trigger",
                        "alter table customer disable trigger all",
                        "set local session_replication_role = replica"),
                Sample.of(
                        "lock-table",
                        "lock table customer in exclusive mode",
                        "select count(*) from customer"),
                Sample.of("create-extension", "create extension pg_trgm", "create schema x"),
                Sample.of(
                        "row-security-without-policy",
                        "alter table customer enable row level security",
                        "create policy p on customer using (true); alter table customer enable row"
                                + " level security"),
                Sample.of(
                        "replica-identity",
                        "alter table customer replica identity full",
                        "alter table customer set (fillfactor = 70)"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void ruleFindsItsHazard(Sample sample) {
        assertThat(LintFixture.rules(script(sample.hazard()))).contains(sample.rule());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void ruleIsSilentBesideTheSafeWay(Sample sample) {
        assertThat(LintFixture.rules(script(sample.safe()))).doesNotContain(sample.rule());
    }

    @Test
    void everyRuleHasASample() {
        assertThat(new TreeSet<>(samples().map(Sample::rule).toList()))
                .isEqualTo(
                        new TreeSet<>(
                                AllRules.book().rules().stream()
                                        .map(each -> each.note().id())
                                        .toList()));
    }

    @Test
    void tableThatThePlanMakesIsInNobodysUse() {
        List<String> statements =
                List.of(
                        "create table t (id int, a text, b text)",
                        "create index on t (a)",
                        "alter table t add column n bigserial",
                        "alter table t alter column a set not null",
                        "alter table t add constraint u unique (b)",
                        "alter table t alter column a type bigint using a::bigint",
                        "alter table public.t rename column a to c",
                        "update t set b = ''",
                        "alter table t drop column b",
                        "alter table \"t\" rename to t2",
                        "create index on t2 (c)",
                        "truncate t2",
                        "drop table t2");

        assertThat(
                        LintFixture.lint(statements.stream().map(LintFixture::script).toList())
                                .findings())
                .isEmpty();
    }

    private static LintFixture.Script script(String sql) {
        return sql.startsWith(OUTSIDE)
                ? LintFixture.outside(sql.substring(1))
                : LintFixture.script(String.join(";\n", Arrays.asList(sql.split(";\\s*"))));
    }
}
