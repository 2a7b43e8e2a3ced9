package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockSettingsTest {
    private static boolean lasts(String statement) {
        return SqlScript.parse("x.sql", statement)
                .statements()
                .get(0)
                .has(StatementTrait.SETS_SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin set search_path = app; end $$",
                "do 'begin perform set_config(''app.region'', ''eu'', false); end'",
                "do $$ begin if true then set session app.region = 'eu'; end if; end $$",
                "do $$ begin execute 'set search_path to app'; end $$",
                "do $$ begin execute format('set %I.%I = 1', 'a', 'b'); end $$",
                "do language plpgsql $x$ begin execute $q$ SET role app $q$; end $x$",
                "do $$ begin perform set_config('a.b', (select x from t), 1 = 2); end $$",
            })
    void settingOfTheSessionLasts(String statement) {
        assertThat(lasts(statement)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do $$ begin set local search_path = app; end $$",
                "do $$ begin set constraints all deferred; end $$",
                "do $$ begin perform set_config('app.region', 'eu', true); end $$",
                "do $$ begin update t set a = 1; insert into t values (1) on conflict (a) do"
                        + " update set a = 2; end $$",
                "do $$ begin execute 'update t set search_path = 1'; end $$",
                "do $$ begin execute 'set local search_path to app'; end $$",
                "do $$ begin raise notice 'set_config(a, b, false)'; -- set x = 1\n end $$",
                "create function f() returns void language plpgsql as $$ begin set a.b = 1; end $$",
            })
    void nothingElseDoes(String statement) {
        assertThat(lasts(statement)).isFalse();
    }
}
