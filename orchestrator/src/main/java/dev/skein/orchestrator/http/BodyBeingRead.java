package dev.skein.orchestrator.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One body on its way. Its memory is held until the request is answered, or its caller is gone;
 * whatever comes after an answer is passed over.
 */
final class BodyBeingRead {
    private static final Logger LOGGER = LoggerFactory.getLogger(BodyBeingRead.class);

    private final BodyReader reader;
    private final RoutingContext context;
    private final long bytesMax;
    private Buffer bytes = Buffer.buffer();
    private long held;
    private long chunks;
    private boolean done;

    BodyBeingRead(BodyReader reader, RoutingContext context, long bytesMax) {
        this.reader = reader;
        this.context = context;
        this.bytesMax = bytesMax;
        context.addEndHandler(ended -> release());
        context.request().connection().closeHandler(gone -> release());
    }

    /**
     * Whether a body of the length that the head names may come; the request is refused else.
     *
     * @param announced -1 where it names none
     */
    boolean mayHave(long announced) {
        if (announced > bytesMax) {
            refuse(Bodies.tooLarge(announced, bytesMax));
            return false;
        }
        return true;
    }

    /** Takes memory for more of it; where there is none, the request is refused. */
    private boolean grow(int more) {
        if (held + more > bytesMax) {
            refuse(Bodies.tooLarge(-1, bytesMax));
            return false;
        }
        if (!reader.take(more)) {
            refuse(reader.tooBusy());
            return false;
        }
        held += more;
        return true;
    }

    /** Gives up where nothing comes for so long. */
    void waitFor(Vertx vertx, Duration wait) {
        long before = chunks;
        vertx.setTimer(
                wait.toMillis(),
                timer -> {
                    if (done) {
                        return;
                    }
                    if (chunks == before) {
                        stoppedComing(wait);
                    } else {
                        waitFor(vertx, wait);
                    }
                });
    }

    void chunk(Buffer chunk) {
        if (!done && grow(chunk.length())) {
            chunks++;
            bytes.appendBuffer(chunk);
        }
    }

    void complete() {
        if (!done) {
            done = true;
            Bodies.put(context, bytes);
            context.next();
        }
    }

    private void stoppedComing(Duration wait) {
        String detail =
                "the request body stopped coming: nothing for %d ms after %d bytes"
                        .formatted(wait.toMillis(), bytes.length());
        refuse(HttpProblem.of(HttpProblemCode.BODY_TIMEOUT, detail).with("Connection", "close"));
        context.request().connection().close();
    }

    /** A caller that hung up, or a body that is not framed as HTTP says. */
    void brokenOff(Throwable cause) {
        if (done) {
            return;
        }
        LOGGER.atDebug()
                .addKeyValue("error", String.valueOf(cause.getMessage()))
                .log("request body broke off");
        String detail = "the request body broke off, or is not framed as HTTP/1.1 says";
        refuse(HttpProblem.of(HttpProblemCode.INVALID_REQUEST, detail).with("Connection", "close"));
        context.request().connection().close();
    }

    private void refuse(HttpProblem problem) {
        done = true;
        context.request().handler(passedOver -> {}).exceptionHandler(gone -> {}).resume();
        Responses.problem(context, problem);
        release();
    }

    private void release() {
        done = true;
        reader.giveBack(held);
        held = 0;
        bytes = Buffer.buffer();
    }
}
