package dev.skein.ops.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static List<String> losses(List<String> statements) {
        return Losses.of(statements, List::of);
    }

    private static String retyped(String column, String type) {
        return "ALTER TABLE public.t\n\tALTER COLUMN %s TYPE %s USING %s::%s"
                .formatted(column, type, column, type);
    }

    @Test
    void widerTypeLosesNothingAndTheWayBackDoes() {
        List<String> wider = List.of(retyped("id", "bigint"), retyped("name", "text"));
        List<String> narrower =
                List.of(retyped("id", "integer"), retyped("name", "character varying(20)"));

        assertThat(Losses.of(wider, () -> narrower)).isEmpty();
        assertThat(Losses.of(narrower, () -> wider))
                .containsExactly(
                        "values of column public.t.id that do not fit the type integer",
                        "values of column public.t.name that do not fit the type character"
                                + " varying(20)");
    }

    @Test
    void statementsThatThrowDataAwayAreNamed() {
        assertThat(
                        losses(
                                List.of(
                                        "DROP TABLE public.invoice",
                                        "DROP TABLE public.\"Order\"",
                                        "ALTER TABLE ONLY a.b\n\tDROP COLUMN c",
                                        "ALTER TABLE a.b\n\tALTER COLUMN c TYPE numeric(3,1)"
                                                + " USING c::numeric(3,1)",
                                        "DROP SEQUENCE public.ticket",
                                        "DROP SCHEMA crm",
                                        "DROP EXTENSION pgcrypto")))
                .containsExactly(
                        "the rows of table public.invoice",
                        "the rows of table public.\"Order\"",
                        "the values of column a.b.c",
                        "values of column a.b.c that do not fit the type numeric(3,1)",
                        "how far sequence public.ticket has counted",
                        "schema crm",
                        "extension pgcrypto, also where it was there before this migration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a.b ALTER COLUMN c TYPE text USING c::text",
                "ALTER TABLE a.b ALTER COLUMN c DROP DEFAULT",
                "ALTER TABLE a.b DROP CONSTRAINT c",
                "DROP INDEX a.b",
                "DROP VIEW a.b",
                "CREATE TABLE drop_table (id int)"
            })
    void otherStatementsLoseNothing(String statement) {
        assertThat(losses(List.of(statement))).isEmpty();
    }

    @Test
    void eachLossIsNamedOnce() {
        assertThat(losses(List.of("DROP TABLE a", "DROP TABLE a"))).hasSize(1);
    }
}
