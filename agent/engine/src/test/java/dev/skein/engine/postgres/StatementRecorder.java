package dev.skein.engine.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Stands between an engine and its server, and writes down each text that the engine sends and each
 * trap that answers it ({@link Lookalikes}). What a trap says reaches the client whatever becomes
 * of its transaction. Threads of its own; closed by whoever opened it.
 */
final class StatementRecorder implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final int HEAD = Byte.BYTES + Integer.BYTES;
    private static final char QUERY = 'Q';
    private static final char TERMINATE = 'X';
    private static final char NOTICE = 'N';
    private static final byte MESSAGE_FIELD = 'M';

    private final PostgresWire wire = new PostgresWire();
    private final int server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** A text that was sent, and what the traps said while it ran. */
    record Sent(String sql, List<String> caught) {
        private Sent(String sql) {
            this(sql, new CopyOnWriteArrayList<>());
        }

        /** Whether the test's own plan wrote it, and not Skein. */
        boolean isOfTheTeam() {
            return sql.contains(Lookalikes.TEAM);
        }
    }

    private StatementRecorder(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** In front of the server at that port of this host. */
    static StatementRecorder inFrontOf(int server) {
        try {
            StatementRecorder recorder = new StatementRecorder(server);
            start(recorder::accept);
            return recorder;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What Skein itself has sent, in no order between connections. */
    Stream<Sent> ours() {
        return sent.stream().filter(each -> !each.isOfTheTeam());
    }

    @Override
    public void close() {
        quietly(listener);
        sockets.forEach(StatementRecorder::quietly);
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Nothing gets through it any more, which is what was wanted.
        }
    }

    /** What a thread does until a socket is closed. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException closed) {
                                // Whoever closed a socket knows.
                            }
                        },
                        "statement-recorder");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            for (Socket each : List.of(client, behind)) {
                each.setTcpNoDelay(true);
                sockets.add(each);
            }
            Deque<Sent> unanswered = new ArrayDeque<>();
            start(() -> pump(client, behind, () -> commands(client, behind, unanswered)));
            start(() -> pump(client, behind, () -> answers(behind, client, unanswered)));
        }
    }

    private static void pump(Socket one, Socket other, Work work) throws IOException {
        try {
            work.run();
        } finally {
            quietly(one);
            quietly(other);
        }
    }

    private void commands(Socket from, Socket to, Deque<Sent> unanswered) throws IOException {
        DataInputStream in = messages(from);
        OutputStream out = to.getOutputStream();
        out.write(wire.fromClient(in, true));
        while (true) {
            byte[] message = wire.fromClient(in, false);
            char type = (char) message[0];
            if (type == QUERY) {
                took(new Sent(text(message, HEAD)), unanswered);
            } else if (type != TERMINATE) {
                sent.add(new Sent("a message of type " + type));
            }
            out.write(message);
            out.flush();
        }
    }

    private void took(Sent query, Deque<Sent> unanswered) {
        sent.add(query);
        synchronized (unanswered) {
            unanswered.add(query);
        }
    }

    private void answers(Socket from, Socket to, Deque<Sent> unanswered) throws IOException {
        DataInputStream in = messages(from);
        OutputStream out = to.getOutputStream();
        while (true) {
            byte[] message = wire.fromServer(in);
            synchronized (unanswered) {
                Optional<Sent> running = Optional.ofNullable(unanswered.peek());
                if (message[0] == NOTICE) {
                    trap(message).ifPresent(trap -> running.orElseThrow().caught().add(trap));
                } else if (wire.endsAnswer(message)) {
                    unanswered.poll();
                }
            }
            out.write(message);
            out.flush();
        }
    }

    private static Optional<String> trap(byte[] notice) {
        int at = HEAD;
        while (notice[at] != 0) {
            String value = text(notice, at + 1);
            if (notice[at] == MESSAGE_FIELD && value.startsWith(Lookalikes.SPRUNG)) {
                return Optional.of(value);
            }
            at += 2 + value.getBytes(StandardCharsets.UTF_8).length;
        }
        return Optional.empty();
    }

    /** Up to the NUL that ends it. */
    private static String text(byte[] message, int from) {
        int to = from;
        while (message[to] != 0) {
            to++;
        }
        return new String(message, from, to - from, StandardCharsets.UTF_8);
    }

    private static DataInputStream messages(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }
}
