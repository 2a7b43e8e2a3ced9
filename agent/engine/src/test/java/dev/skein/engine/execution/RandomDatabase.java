package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A database that answers at random, yet keeps its ledger as a real one does, and holds that no
 * report takes another's sequence.
 */
final class RandomDatabase implements Action.Visitor<Reply> {
    private final SplittableRandom random;
    private final List<LedgerRow> rows = new ArrayList<>();
    private OrderIssued order;
    private long epoch;

    RandomDatabase(SplittableRandom random) {
        this.random = random;
    }

    /** From now on this order is executed here. */
    RandomDatabase under(OrderIssued now) {
        order = now;
        return this;
    }

    @Override
    public Reply on(Action.Connect action) {
        if (oneIn(6)) {
            return failed(Reply.Failed.Nature.values()[random.nextInt(4)]);
        }
        long shown = oneIn(60) ? order.epoch() + 1 : epoch;
        return new Reply.Surveyed(new Survey(shown, rows.size(), rows, Optional.empty()));
    }

    private Reply failed(Reply.Failed.Nature nature) {
        Blocker blocker = new Blocker(7, "u", "a", oneIn(2) ? "active" : "idle", Optional.empty());
        return new Reply.Failed(
                new StepFailure(
                        oneIn(3) ? "locked" : "no-luck",
                        oneIn(3) ? Optional.of("42P07") : Optional.empty(),
                        "no luck",
                        !oneIn(4),
                        oneIn(3) ? List.of(blocker) : List.of()),
                nature);
    }

    @Override
    public Reply on(Action.AskPermit action) {
        Permit permit =
                switch (random.nextInt(30)) {
                    case 0, 1 -> Permit.paused(2);
                    case 2 -> Permit.stopped();
                    case 3 -> Permit.superseded();
                    default -> Permit.go();
                };
        return new Reply.Permitted(permit.inDoubt(oneIn(3)));
    }

    @Override
    public Reply on(Action.Accept action) {
        return transaction(action.records());
    }

    @Override
    public Reply on(Action.Write action) {
        return transaction(action.records());
    }

    @Override
    public Reply on(Action.RunScript action) {
        return transaction(action.records());
    }

    private Reply transaction(Records records) {
        long last = rows.size();
        for (LedgerEntry entry : records.entries()) {
            last++;
            assertThat(entry.envelope().sequence()).isEqualTo(last);
        }
        Reply reply = outcome();
        boolean lost = reply.kind() == ExecutionEvent.Kind.FAILED_LOST;
        if (reply.kind() == ExecutionEvent.Kind.DONE || lost && oneIn(2)) {
            records.entries().forEach(this::add);
            epoch = order.epoch();
        }
        return reply;
    }

    private void add(LedgerEntry entry) {
        rows.add(
                new LedgerRow(
                        entry.envelope().sequence(),
                        order.epoch(),
                        order.rollout(),
                        entry.kind(),
                        entry.step(),
                        entry.completes(),
                        entry.checksum()));
    }

    private Reply outcome() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> failed(Reply.Failed.Nature.REFUSED);
            case 3, 4 -> failed(Reply.Failed.Nature.LOST);
            case 5 -> failed(Reply.Failed.Nature.OVERTAKEN);
            case 6 ->
                    failed(oneIn(3) ? Reply.Failed.Nature.SUPERSEDED : Reply.Failed.Nature.REFUSED);
            default -> new Reply.Done(Duration.ofMillis(random.nextInt(100)));
        };
    }

    private Reply outcome(Reply success) {
        Reply reply = outcome();
        return reply instanceof Reply.Failed ? reply : success;
    }

    @Override
    public Reply on(Action.RunStatement action) {
        return outcome();
    }

    @Override
    public Reply on(Action.RunDelegated action) {
        return outcome();
    }

    @Override
    public Reply on(Action.AwaitRun action) {
        return outcome();
    }

    @Override
    public Reply on(Action.DropIndexes action) {
        return outcome();
    }

    @Override
    public Reply on(Action.FinalizeDetach action) {
        return outcome();
    }

    @Override
    public Reply on(Action.AskCatalogue action) {
        boolean detach = action.probe() instanceof Probe.PartitionDetached;
        return outcome(
                new Reply.Probed(
                        switch (random.nextInt(3)) {
                            case 0 -> ProbeResult.of(ProbeResult.State.DONE);
                            case 1 -> ProbeResult.of(ProbeResult.State.NOT_DONE);
                            default ->
                                    detach
                                            ? ProbeResult.of(ProbeResult.State.DETACH_PENDING)
                                            : new ProbeResult(
                                                    ProbeResult.State.REMNANT, List.of("i"));
                        }));
    }

    @Override
    public Reply on(Action.AskFingerprint action) {
        SortedMap<String, String> digests = new TreeMap<>();
        int found = random.nextInt(3);
        action.objects().stream()
                .limit(found)
                .forEach(each -> digests.put(each, SmallOrders.AFTER));
        return outcome(new Reply.Fingerprinted(digests));
    }

    @Override
    public Reply on(Action.RunCheck action) {
        Optional<String> answer =
                oneIn(4) ? Optional.empty() : Optional.of(SmallOrders.CHECK.expected());
        return outcome(new Reply.Answered(answer));
    }

    @Override
    public Reply on(Action.Wait action) {
        return new Reply.Done(action.duration());
    }

    @Override
    public Reply on(Action.Leave action) {
        throw new AssertionError("leaving has no reply");
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
