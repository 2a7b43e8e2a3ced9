package dev.skein.engine.postgres;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The fields of an error or a notice: each a letter and a text that ends in a zero byte. Texts are
 * cut between characters of UTF-8.
 */
final class CutFields {
    private static final int TEXT_BYTES_MAX = 8_000;
    private static final byte[] MORE = "…".getBytes(StandardCharsets.UTF_8);
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean inText;
    private boolean isCut;
    private int length;

    void take(ByteBuf in, int count) {
        for (int i = 0; i < count; i++) {
            take(in.readByte());
        }
    }

    private void take(byte next) {
        if (!inText) {
            // A zero byte in place of a letter ends the message.
            bytes.write(next);
            inText = next != 0;
            isCut = false;
            length = 0;
        } else if (next == 0) {
            bytes.write(0);
            inText = false;
        } else if (!isCut) {
            takeOfText(next);
        }
    }

    private void takeOfText(byte next) {
        boolean continues = (next & CONTINUATION_MASK) == CONTINUATION;
        if (length >= TEXT_BYTES_MAX && !continues) {
            bytes.writeBytes(MORE);
            isCut = true;
        } else {
            bytes.write(next);
            length++;
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
