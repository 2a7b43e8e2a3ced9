package dev.skein.protocol.log;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a campaign told it. Threads: any. */
public final class RecordingCandidate implements LeaderElection.Candidate {
    private final List<String> news = new ArrayList<>();
    private boolean inDoubt;

    @Override
    public synchronized void elected() {
        news.add("elected");
    }

    @Override
    public synchronized void deposed() {
        news.add("deposed");
    }

    @Override
    public synchronized void doubted(boolean doubt) {
        inDoubt = doubt;
    }

    /** Whether its lead is in doubt. */
    public synchronized boolean inDoubt() {
        return inDoubt;
    }

    /** Everything told so far, oldest first. */
    public synchronized List<String> news() {
        return List.copyOf(news);
    }

    /** Whether the last it heard was that it leads. */
    public synchronized boolean leads() {
        return !news.isEmpty() && news.get(news.size() - 1).equals("elected");
    }
}
