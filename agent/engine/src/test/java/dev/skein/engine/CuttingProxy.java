package dev.skein.engine;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an engine and its server, counts commands, and cuts at one of them, once.
 *
 * <p>Where the process ends with the cut, nothing gets through afterwards on any connection: for
 * the server the process is gone. Threads of its own; closed by whoever opened it.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final WireProtocol protocol;
    private final int server;
    private final Cut cut;
    private final ServerSocket listener;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicBoolean hasCut = new AtomicBoolean();

    private CuttingProxy(WireProtocol protocol, int server, Cut cut) throws IOException {
        this.protocol = protocol;
        this.server = server;
        this.cut = cut;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** In front of the server at that port of this host. */
    static CuttingProxy inFrontOf(int server, WireProtocol protocol, Cut cut) {
        try {
            CuttingProxy proxy = new CuttingProxy(protocol, server, cut);
            start(proxy::accept);
            return proxy;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whether the point was met. */
    boolean hasCut() {
        return hasCut.get();
    }

    @Override
    public void close() {
        quietly(listener);
        pairs.forEach(Pair::close);
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException closed) {
                                // Whoever closed a socket knows, and the other side is closed too.
                            }
                        },
                        "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does until a socket is closed. */
    private interface Work {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), server));
            pairs.add(pair);
            if (listener.isClosed()) {
                pair.close();
            }
            start(() -> pair.pump(pair::commands));
            start(() -> pair.pump(pair::answers));
        }
    }

    private void cut(Pair pair) {
        hasCut.set(true);
        if (cut.kind().goesOn()) {
            pair.close();
        } else {
            close();
        }
    }

    private static void quietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Nothing gets through it any more, which is what was wanted.
        }
    }

    /** The two sides of one connection. */
    private final class Pair {
        private final Socket client;
        private final Socket server;
        private final Deque<Integer> unanswered = new ArrayDeque<>();

        private Pair(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        private void pump(Work work) throws IOException {
            try {
                work.run();
            } finally {
                close();
            }
        }

        private void commands() throws IOException {
            DataInputStream in = messages(client);
            OutputStream out = server.getOutputStream();
            boolean first = true;
            while (true) {
                byte[] message = protocol.fromClient(in, first);
                if (!first && protocol.isCommand(message) && isCutAhead(sent())) {
                    cut(this);
                    return;
                }
                first = false;
                out.write(message);
                out.flush();
            }
        }

        private boolean isCutAhead(int command) {
            return cut.kind().isAhead() && cut.isAt(command);
        }

        private synchronized int sent() {
            int command = commands.incrementAndGet();
            unanswered.add(command);
            return command;
        }

        private void answers() throws IOException {
            DataInputStream in = messages(server);
            OutputStream out = client.getOutputStream();
            while (true) {
                byte[] message = protocol.fromServer(in);
                boolean lost = isAnswerCutOff();
                if (protocol.endsAnswer(message)) {
                    answered();
                    if (lost) {
                        cut(this);
                        return;
                    }
                }
                if (!lost) {
                    out.write(message);
                    out.flush();
                }
            }
        }

        private synchronized boolean isAnswerCutOff() {
            return !cut.kind().isAhead() && !unanswered.isEmpty() && cut.isAt(unanswered.element());
        }

        private synchronized void answered() {
            unanswered.poll();
        }

        private static DataInputStream messages(Socket socket) throws IOException {
            return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }

        private void close() {
            quietly(client);
            quietly(server);
        }
    }
}
