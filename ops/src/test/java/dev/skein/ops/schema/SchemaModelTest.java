package dev.skein.ops.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaModelTest {
    /** An answer for each method, by its name. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> answers.get(method.getName())));
    }

    @Test
    void serverThatIsTooOldIsNamedWithWhatHelps() {
        // given
        DatabaseMetaData server =
                answering(
                        DatabaseMetaData.class,
                        Map.of(
                                "getDatabaseMajorVersion",
                                13,
                                "getDatabaseProductVersion",
                                "13.23"));
        Connection connection = answering(Connection.class, Map.of("getMetaData", server));
        // then
        assertThatThrownBy(() -> SchemaModel.read("the scratch database", () -> connection))
                .isInstanceOf(SchemaFailure.class)
                .hasMessage(
                        "the schema of the scratch database cannot be read: it is on PostgreSQL"
                                + " 13.23, and schemas are compared from PostgreSQL 14 on; take a"
                                + " later server for this, agents do not need it");
    }
}
