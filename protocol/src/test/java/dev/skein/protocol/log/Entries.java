package dev.skein.protocol.log;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Entries for tests of the log, which does not care what they say. */
final class Entries {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private Entries() {}

    /** A report of the database with this sequence. */
    static Entry progress(String database, int sequence) {
        OrderStopped event =
                new OrderStopped(
                        DatabaseId.parse(database),
                        new RolloutId("r-1"),
                        1,
                        new Progress(0, 1),
                        AT);
        Envelope envelope = Envelope.counted("database:" + database, sequence, event);
        return new Entry(Topic.PROGRESS, envelope);
    }

    /** Reports of the database with sequences 1 to count. */
    static List<Entry> progress(String database, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(sequence -> progress(database, sequence))
                .toList();
    }

    /** A record of the topic of rollouts. */
    static Entry leader(String orchestrator) {
        LeadershipTaken event = new LeadershipTaken(orchestrator, "http://" + orchestrator, AT);
        return new Entry(Topic.ROLLOUTS, Envelope.uncounted("orchestrator:" + orchestrator, event));
    }

    /** A plan with one script of this many characters. */
    static Entry plan(int characters) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "big",
                        "0001_big.up.sql",
                        Optional.empty(),
                        List.of(new ScriptStep("x".repeat(characters))),
                        Optional.empty());
        Plan plan = new Plan(Framework.SQL, Optional.empty(), List.of(migration));
        PlanPublished event =
                new PlanPublished(new PlanId("a".repeat(64)), "big", plan, "somebody", AT);
        return new Entry(Topic.PLANS, Envelope.uncounted("orchestrator:o", event));
    }
}
