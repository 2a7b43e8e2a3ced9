package dev.skein.ops.source;

import dev.skein.protocol.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the files of a source; one that is not in the encoding asked for is a problem. */
public final class ScriptReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final SourceTree tree;
    private final PlanProblems problems;

    public ScriptReader(SourceTree tree, PlanProblems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /** A file in UTF-8. */
    public Optional<SourceScript> read(String file) {
        return read(file, file, StandardCharsets.UTF_8);
    }

    /** A file in that encoding, which goes by another name in messages and in the script. */
    public Optional<SourceScript> read(String file, String shown, Charset encoding) {
        try {
            byte[] bytes = tree.bytes(file);
            return decoded(shown, bytes, encoding)
                    .map(text -> new SourceScript(shown, text, Sha256.hex(bytes)));
        } catch (UnfitFile unfit) {
            problems.add(shown, unfit.code(), unfit.getMessage(), unfit.hint());
            return Optional.empty();
        } catch (IOException e) {
            problems.add(
                    shown,
                    PlanProblemCode.UNREADABLE,
                    "the file cannot be read: " + IoReason.of(e),
                    "Give read permission on it, or take it out of the directory");
            return Optional.empty();
        }
    }

    private Optional<String> decoded(String file, byte[] bytes, Charset encoding) {
        CharsetDecoder decoder = encoding.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out =
                CharBuffer.allocate(
                        (int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            // The buffer stands at the first byte that could not be decoded.
            problems.add(
                    file,
                    line(bytes, in.position()),
                    PlanProblemCode.NOT_UTF_8,
                    "the byte 0x%02X at offset %d is no %s"
                            .formatted(bytes[in.position()], in.position(), encoding.name()),
                    "Save the file as " + encoding.name());
            return Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
