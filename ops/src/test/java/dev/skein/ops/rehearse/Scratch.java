package dev.skein.ops.rehearse;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.ServerUri;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tests' own server for scratch databases, and plans for it. */
public final class Scratch {
    private Scratch() {}

    /** As {@code --scratch} takes it. */
    public static String uri() {
        return TestServers.postgres().uri("postgres");
    }

    public static ScratchAddress address() {
        return new ScratchAddress(ServerUri.parse(uri()), Optional.empty());
    }

    public static ScratchServer server() {
        return ScratchServer.open(Optional.of(address()));
    }

    public static SampleValues samples() {
        return new SampleValues(Map.of(), Instant.parse("2026-01-02T03:04:05Z"));
    }

    public static RehearsalHost host() {
        return RehearsalHost.of(samples());
    }

    /** Scripts without a down, of the versions 1, 2, … */
    public static Plan plan(String... scripts) {
        List<Migration> migrations = new ArrayList<>();
        for (String script : scripts) {
            String version = Integer.toString(migrations.size() + 1);
            migrations.add(migration(version, List.of(new ScriptStep(script)), Optional.empty()));
        }
        return new Plan(Framework.SQL, Optional.empty(), migrations);
    }

    public static Plan plan(Migration... migrations) {
        return new Plan(Framework.SQL, Optional.empty(), List.of(migrations));
    }

    public static Migration reversible(String version, String up, String down) {
        return migration(
                version, List.of(new ScriptStep(up)), Optional.of(List.of(new ScriptStep(down))));
    }

    /** A migration whose script is sent as it is, which its checksum tells. */
    public static Migration file(String version, String up) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "change",
                version + "_change.up.sql",
                Optional.of(Sha256.hex(up)),
                List.of(new ScriptStep(up)),
                Optional.of(List.of(new ScriptStep(""))));
    }

    public static Migration migration(String version, List<Step> up, Optional<List<Step>> down) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "change",
                version + "_change.up.sql",
                Optional.empty(),
                up,
                down);
    }
}
