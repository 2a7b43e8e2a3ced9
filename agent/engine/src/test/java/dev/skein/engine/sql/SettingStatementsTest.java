package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingStatementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SET work_mem = '1MB'               | set local work_mem = '1MB'
                    set session /* a */ search_path=a  | set local search_path=a
                    set session authorization r        | set local session authorization r
                    set local work_mem = '1MB'         | set local work_mem = '1MB'
                    set constraints all deferred       | set constraints all deferred
                    set transaction read only          | set transaction read only
                    reset work_mem                     | reset work_mem
                    update t set session = 1           | update t set session = 1
                    """)
    void settingOfTheSessionBecomesOneOfTheTransaction(String statement, String local) {
        assertThat(SettingStatements.local(statement)).isEqualTo(local);
    }
}
