package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.OrderKind;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a script makes the server send costs an agent no memory. */
final class SmallHeapIT {
    /** More than ten times the heap of rows, in many and in one. */
    private static final String MUCH =
            "create table wide (id int); select repeat('y', 2000) from generate_series(1, 1500000);"
                    + " select repeat('z', 500000000); do $$ begin for i in 1..1000000 loop raise"
                    + " notice 'row %', i; end loop; end $$; insert into wide values (1)";

    private static final int MINUTES_MAX = 5;

    /** Applies a plan in a process of its own. */
    static final class Agent {
        private Agent() {}

        public static void main(String[] arguments) {
            ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
            fixture.begin(
                            fixture.nextOrder(OrderKind.APPLY),
                            Plans.sql(Plans.oneWay("1", MUCH)),
                            Permit::go)
                    .map(end -> "ended: " + fixture.eventNames())
                    .recover(broken -> Future.succeededFuture("broken: " + broken))
                    .onSuccess(System.out::println)
                    .onComplete(said -> Runtime.getRuntime().exit(0));
        }
    }

    @Test
    void rowsAndNoticesDoNotStayInMemory() throws IOException, InterruptedException {
        // given
        Process agent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:MaxDirectMemorySize=256m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Agent.class.getName())
                        .redirectErrorStream(true)
                        .start();
        // when
        String said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // then
        assertThat(agent.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("ended: [OrderAccepted, StepSucceeded, DatabaseApplied]");
    }
}
