package dev.skein.engine.postgres;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes connections as PostgreSQL does, up to the point where it is asked who is there. */
final class FakeServer implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket listening;
    private final char tlsAnswer;
    private final AtomicInteger open = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param tlsAnswer what it says when asked for TLS: {@code S} or {@code N}
     */
    FakeServer(char tlsAnswer) {
        this.tlsAnswer = tlsAnswer;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Connections that the client has not closed. */
    int open() {
        return open.get();
    }

    /** What connections began with, in the order in which they came. */
    List<String> asked() {
        return asked;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.incrementAndGet();
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            in.readInt();
            if (in.readInt() != SSL_REQUEST) {
                asked.add("startup");
                return;
            }
            asked.add("tls?");
            socket.getOutputStream().write(tlsAnswer);
            int next = in.read();
            if (next == TLS_HANDSHAKE) {
                asked.add("handshake");
            }
        } catch (IOException gone) {
            // The client has closed it, which is as well.
        } finally {
            open.decrementAndGet();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
