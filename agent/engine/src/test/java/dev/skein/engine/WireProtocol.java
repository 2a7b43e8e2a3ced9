package dev.skein.engine;

import java.io.DataInputStream;
import java.io.IOException;

/** Where messages between a database's client and its server begin and end. Stateless. */
public interface WireProtocol {
    /**
     * Reads one whole message of a client.
     *
     * @param first whether it is the first of its connection
     * @throws java.io.EOFException if the client has closed the connection
     */
    byte[] fromClient(DataInputStream in, boolean first) throws IOException;

    /**
     * Reads one whole message of a server.
     *
     * @throws java.io.EOFException if the server has closed the connection
     */
    byte[] fromServer(DataInputStream in) throws IOException;

    /** Whether that message of a client has the server execute something, and answer. */
    boolean isCommand(byte[] message);

    /** Whether an answer to a command ends with that message of a server. */
    boolean endsAnswer(byte[] message);
}
