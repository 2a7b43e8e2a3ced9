package dev.skein.engine.postgres;

import dev.skein.engine.WireProtocol;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * PostgreSQL's messages: a type, a length that counts itself, and the rest; a connection's first
 * has no type (PostgreSQL, "Message Formats").
 */
final class PostgresWire implements WireProtocol {
    private static final byte SIMPLE_QUERY = 'Q';
    private static final byte READY_FOR_QUERY = 'Z';

    @Override
    public byte[] fromClient(DataInputStream in, boolean first) throws IOException {
        return first ? untyped(in) : fromServer(in);
    }

    @Override
    public byte[] fromServer(DataInputStream in) throws IOException {
        byte type = in.readByte();
        byte[] rest = untyped(in);
        return ByteBuffer.allocate(Byte.BYTES + rest.length).put(type).put(rest).array();
    }

    private static byte[] untyped(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] message = new byte[length];
        ByteBuffer.wrap(message).putInt(length);
        in.readFully(message, Integer.BYTES, length - Integer.BYTES);
        return message;
    }

    @Override
    public boolean isCommand(byte[] message) {
        return message[0] == SIMPLE_QUERY;
    }

    @Override
    public boolean endsAnswer(byte[] message) {
        return message[0] == READY_FOR_QUERY;
    }
}
