package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.skein.protocol.log.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Callers that hang up, stall or send what is no HTTP cost neither memory nor a stack trace. */
@Timeout(60)
class BrokenBodiesIT {
    private static final Duration WAIT = Duration.ofMillis(300);

    private final HttpFixture api =
            new HttpFixture(HttpFixture.LIMITS.withBodyWait(WAIT), Optional.empty());
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void listen() {
        logged.start();
        root().addAppender(logged);
    }

    @AfterEach
    void close() throws IOException {
        root().detachAppender(logged);
        for (Socket socket : sockets) {
            socket.close();
        }
        api.close();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private Socket sent(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.verticle.port());
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String post(String headers) {
        return "POST /api/v1/plans HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Type: application/json\r\n"
                + headers
                + "\r\n\r\n";
    }

    private static String head(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private long held() {
        return Await.value(api.verticle.bodyBytesHeld());
    }

    private void nothingIsHeldAndNobodyIsAlarmed() {
        while (held() > 0) {
            Thread.onSpinWait();
        }
        assertThat(api.get("/api/v1/fleet").status()).isEqualTo(200);
        // A busy machine is not what this is about.
        assertThat(logged.list)
                .filteredOn(event -> !event.getLoggerName().endsWith("BlockedThreadChecker"))
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void bodyThatStopsComingIsGivenUp() throws IOException {
        Socket stalled = sent(post("Content-Length: 100") + "{\"plan\"");
        assertThat(head(stalled))
                .startsWith("HTTP/1.1 408 ")
                .contains("body-timeout", "nothing for 300 ms after 7 bytes");
        nothingIsHeldAndNobodyIsAlarmed();
    }

    @Test
    void chunkThatIsNoneIsRefused() throws IOException {
        Socket wrong = sent(post("Transfer-Encoding: chunked") + "ZZ\r\n{}\r\n");
        assertThat(head(wrong)).matches("(?s)(HTTP/1.1 400 .*)?");
        nothingIsHeldAndNobodyIsAlarmed();
    }

    @Test
    void callerThatHangsUpLeavesNothingBehind() throws IOException {
        for (int caller = 0; caller < 20; caller++) {
            sent(post("Content-Length: 1000") + "{").close();
            sent(post("Transfer-Encoding: chunked") + "5\r\n{").close();
        }
        nothingIsHeldAndNobodyIsAlarmed();
    }

    @Test
    void bodiesUnderWayAreBoundedTogether() throws IOException {
        int each = (int) HttpFixture.PLAN_BYTES_MAX;
        for (int caller = 0; caller < 4; caller++) {
            sent(post("Content-Length: " + each) + "x".repeat(each - 1));
        }
        while (held() < 4 * (each - 1)) {
            Thread.onSpinWait();
        }
        Socket fifth = sent(post("Content-Length: 1000") + "x".repeat(999));
        byte[] begin = fifth.getInputStream().readNBytes("HTTP/1.1 503".length());
        assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
        nothingIsHeldAndNobodyIsAlarmed();
    }

    @Test
    void bodyThatComesSlowlyIsTaken() throws IOException {
        Socket slow = sent(post("Connection: close\r\nContent-Length: 4") + "{");
        for (String each : List.of("\"", "x", "}")) {
            Await.value(api.vertx.timer(WAIT.toMillis() / 2));
            slow.getOutputStream().write(each.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
        }
        assertThat(head(slow)).startsWith("HTTP/1.1 400 ").contains("malformed-json");
    }
}
