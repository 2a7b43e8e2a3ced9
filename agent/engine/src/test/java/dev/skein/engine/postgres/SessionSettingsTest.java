package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
    private final SessionSettings settings =
            SessionSettings.of(DatabaseId.of("pg-1", "acme", "t 1"), StepLimits.defaults());

    @Test
    void whatIsInForceInOneProcessIsTheServer() {
        assertThat(settings.asked()).containsEntry("search_path", "\"t 1\", public");
        assertThat(settings.judge(settings.asked(), 7, 7)).isEmpty();
    }

    @Test
    void socketsKeepalivesAreNotAskedFor() {
        assertThat(settings.asked()).containsKey("tcp_keepalives_idle");
        assertThat(settings.readBack()).doesNotContain("keepalives").contains("lock_timeout");
    }

    @Test
    void eachSettingThatIsNotInForceIsNamed() {
        // given
        Map<String, String> found = new TreeMap<>(settings.asked());
        found.put("lock_timeout", "0");
        found.remove("statement_timeout");
        // when
        SqlFailure failure = settings.judge(found, 7, 7).orElseThrow();
        // then
        assertThat(failure.code()).isEqualTo("pooler");
        assertThat(failure.passing()).isFalse();
        assertThat(failure.message())
                .contains("lock_timeout is 0 instead of 2000, statement_timeout is null instead of")
                .contains("Connect past the pooler");
    }

    @Test
    void twoProcessesAreNoSession() {
        assertThat(settings.judge(settings.asked(), 7, 8).orElseThrow().message())
                .contains("answered by two processes of the server, 7 and 8");
    }
}
