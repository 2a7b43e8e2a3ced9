package dev.skein.ops.downs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.sql.TokenCursor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss is named only where a query may have changed rows. */
class HarmlessCallsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_sleep(1)",
                "select pg_catalog.pg_sleep(1)",
                "select set_config('search_path', '', false)",
                "select pg_advisory_xact_lock(4)",
                "select count(*) from invoice where id in (select id from customer)",
                "select exists (select from invoice), coalesce(max(id), 0) from invoice",
                "select cast(id as numeric(4)) from invoice",
                "select (1)"
            })
    void queryThatCallsPostgresAloneChangesNothing(String query) {
        assertThat(HarmlessCalls.hasOther(TokenCursor.of(query))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select renumber(1)",
                "select app.count(1)",
                "select \"Renumber\"()",
                "select setval('invoice_id_seq', 9)",
                "select count(*) from renumber(1)"
            })
    void queryThatCallsAnythingElseMay(String query) {
        assertThat(HarmlessCalls.hasOther(TokenCursor.of(query))).isTrue();
    }
}
