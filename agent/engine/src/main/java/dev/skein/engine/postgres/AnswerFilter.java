package dev.skein.engine.postgres;

import dev.skein.engine.postgres.ExpectedAnswer.Fate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.pgclient.PgConnection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Drops what nobody wants of the server's answers as it arrives, before the client puts a message
 * together (PostgreSQL, "Message Formats"): so the memory that a script takes does not depend on
 * how many rows and notices it makes, nor on how wide they are.
 *
 * <p>Each query has one expected answer, in the order of sending; an answer ends when the server is
 * ready for the next query.
 */
final class AnswerFilter extends ChannelInboundHandlerAdapter {
    static final byte ERROR = 'E';
    static final byte NOTICE = 'N';
    static final byte NOTIFICATION = 'A';
    static final byte ROW = 'D';
    static final byte ROW_DESCRIPTION = 'T';
    static final byte COPY_DATA = 'd';
    static final byte COMPLETE = 'C';
    static final int ROW_LENGTH_MAX = 1_000_000;

    private static final byte READY = 'Z';
    private static final String CLIENT_CODEC = "codec";
    private static final String NAME = "skein-answers";

    /** The type, and a length that counts itself. */
    private static final int HEADER_LENGTH = 5;

    private static final int LENGTH_LENGTH = 4;

    private final Queue<ExpectedAnswer> expected = new ConcurrentLinkedQueue<>();
    private final byte[] header = new byte[HEADER_LENGTH];
    private int headerRead;
    private int left;
    private Fate fate = Fate.PASSED;
    private CutFields cut = new CutFields();

    /** Called between two answers, before a query is sent. */
    static AnswerFilter of(PgConnection connection) {
        AnswerFilter filter = new AnswerFilter();
        AbruptClose.channel(connection).pipeline().addBefore(CLIENT_CODEC, NAME, filter);
        return filter;
    }

    /** Called just before each query is sent. */
    void expect(ExpectedAnswer answer) {
        expected.add(answer);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf out = context.alloc().buffer(in.readableBytes() + HEADER_LENGTH);
        try {
            while (in.isReadable()) {
                if (headerRead < HEADER_LENGTH) {
                    header[headerRead++] = in.readByte();
                    if (headerRead == HEADER_LENGTH) {
                        begin(out);
                    }
                } else {
                    take(in, out);
                }
            }
        } finally {
            in.release();
        }
        if (out.isReadable()) {
            context.fireChannelRead(out);
        } else {
            out.release();
        }
    }

    private void begin(ByteBuf out) {
        int length =
                (header[1] & 0xff) << 24
                        | (header[2] & 0xff) << 16
                        | (header[3] & 0xff) << 8
                        | header[4] & 0xff;
        left = length - LENGTH_LENGTH;
        ExpectedAnswer answer = expected.peek();
        fate = answer == null ? Fate.PASSED : answer.of(header[0], length);
        if (header[0] == READY) {
            expected.poll();
        }
        if (fate == Fate.PASSED) {
            out.writeBytes(header);
        } else if (fate == Fate.CUT) {
            cut = new CutFields();
        }
        endIfComplete(out);
    }

    private void take(ByteBuf in, ByteBuf out) {
        int available = Math.min(left, in.readableBytes());
        switch (fate) {
            case PASSED -> out.writeBytes(in, available);
            case DROPPED -> in.skipBytes(available);
            case CUT -> cut.take(in, available);
        }
        left -= available;
        endIfComplete(out);
    }

    private void endIfComplete(ByteBuf out) {
        if (left > 0) {
            return;
        }
        headerRead = 0;
        if (fate == Fate.CUT) {
            byte[] fields = cut.bytes();
            out.writeByte(header[0]);
            out.writeInt(fields.length + LENGTH_LENGTH);
            out.writeBytes(fields);
        }
    }
}
