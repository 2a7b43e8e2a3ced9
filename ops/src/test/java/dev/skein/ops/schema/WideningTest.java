package dev.skein.ops.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "smallint > integer",
                "integer > bigint",
                "bigint > numeric",
                "integer > numeric(12,2)",
                "numeric(8,2) > numeric(10,3)",
                "numeric(8,2) > numeric",
                "character varying(20) > character varying(21)",
                "character varying(20) > character varying",
                "character varying(20) > text",
                "character(3) > character varying(3)",
                "uuid > text",
                "text > citext",
                "integer[] > bigint[]",
                "character varying(20)[] > text[]",
                "real > double precision",
                "date > timestamp without time zone",
                "timestamp(3) without time zone > timestamp without time zone",
                "timestamp(3) with time zone > timestamp(6) with time zone",
                "jsonb > json",
                "macaddr > macaddr8"
            })
    void everyValueStaysWhatItIs(String before, String after) {
        assertThat(Widening.isLossless(before, after)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "bigint > integer",
                "bigint > numeric(12,0)",
                "bigint > double precision",
                "numeric(10,3) > numeric(10,4)",
                "numeric > numeric(10,3)",
                "numeric > integer",
                "character varying > character varying(20)",
                "character varying(21) > character varying(20)",
                "text > uuid",
                "bigint[] > integer[]",
                "timestamp without time zone > timestamp(3) without time zone",
                "timestamp without time zone > date",
                "timestamp without time zone > timestamp with time zone",
                "public.colour > public.shade"
            })
    void someValueMayNotFit(String before, String after) {
        assertThat(Widening.isLossless(before, after)).isFalse();
    }
}
