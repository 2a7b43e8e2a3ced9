package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a plan of the files that were found. */
final class FlywayPlan {
    private final FlywaySettings settings;
    private final SourceSettings given;
    private final FlywayDelegates delegates;
    private final FlywayFiles files;
    private final FlywayCallbacks callbacks;
    private final FlywaySchemas schemas;
    private final FlywayRule rule;
    private final PlanProblems problems;
    private final Map<String, FlywayScript> scripts = new TreeMap<>();
    private final FlywayValues values;
    private final FlywayPlaceholders placeholders;

    FlywayPlan(
            FlywaySettings settings,
            SourceSettings given,
            FlywayDelegates delegates,
            PlanProblems problems) {
        this.settings = settings;
        this.given = given;
        this.delegates = delegates;
        this.files = delegates.files();
        this.problems = problems;
        this.callbacks = new FlywayCallbacks(problems);
        this.schemas = new FlywaySchemas(settings, versionTable());
        this.rule = new FlywayRule(settings.transactions(), problems);
        readAll();
        this.values =
                new FlywayValues(
                        settings,
                        given.variables(),
                        scripts.values().stream().map(FlywayScript::raw).toList());
        this.placeholders = new FlywayPlaceholders(settings.syntax(), values, problems);
    }

    /** All scripts, since what stands for a placeholder must be in none of them. */
    private void readAll() {
        files.refuseLoneUndo();
        FlywayScriptReader reader = new FlywayScriptReader(settings, problems);
        files.settings().forEach(reader::addSettings);
        List<FlywayFile> all = new ArrayList<>();
        if (settings.callbacks()) {
            for (FlywayFile callback : files.callbacks()) {
                if (callbacks.accepts(callback, files.hasRepeatables())) {
                    all.add(callback);
                    if (files.hasPrograms() && FlywayCallbacks.isAround(callback)) {
                        delegates.refuseAround(callback);
                    }
                }
            }
        }
        for (FlywayFile file : files.inOrder()) {
            if (files.program(file).isEmpty()) {
                all.add(file);
            }
            files.undo(file).ifPresent(all::add);
        }
        all.forEach(
                file -> reader.read(file).ifPresent(script -> scripts.put(file.shown(), script)));
    }

    /**
     * The plan; of no use if there are problems.
     *
     * @return empty if there is no migration
     */
    Optional<Plan> plan(Optional<List<String>> leftOut) {
        FlywayHistoryWrites historyWrites =
                new FlywayHistoryWrites(versionTable().table(), problems);
        for (FlywayFile callback : files.callbacks()) {
            script(callback)
                    .ifPresent(
                            script -> {
                                String text = placeholders.text(script);
                                historyWrites.refuse(script, text);
                                callbacks.add(callback, rule.steps(script, text));
                            });
        }
        List<Migration> migrations = new ArrayList<>();
        for (FlywayFile file : files.inOrder()) {
            files.program(file)
                    .map(this::migration)
                    .or(() -> script(file).map(this::migration))
                    .ifPresent(migrations::add);
        }
        if (migrations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Plan(
                        Framework.FLYWAY,
                        Optional.of(versionTable()),
                        migrations,
                        gaps(),
                        values.parameters(),
                        callbacks.hooks(schemas.creation()),
                        Optional.empty(),
                        leftOut));
    }

    private Optional<FlywayScript> script(FlywayFile file) {
        return Optional.ofNullable(scripts.get(file.shown()));
    }

    private List<Step> steps(FlywayScript script) {
        return rule.steps(script, placeholders.text(script));
    }

    private Migration migration(FlywayProgram program) {
        FlywayFile file = program.file();
        return new Migration(
                kind(file),
                file.name().version().map(FlywayVersion::text).orElse(""),
                file.name().description(),
                file.script(),
                program.checksum(),
                delegates.steps(program),
                files.undo(file).flatMap(this::script).map(this::steps).map(schemas::on),
                Optional.empty(),
                program.equivalents(),
                Optional.empty());
    }

    private Migration migration(FlywayScript script) {
        FlywayFile file = script.file();
        String text = placeholders.text(script);
        Optional<List<Step>> down = files.undo(file).flatMap(this::script).map(this::steps);
        List<Step> up = schemas.on(callbacks.around(rule.steps(script, text)));
        String raw = checksum(script.raw());
        // An agent that fills in values computes the checksum again, if the step holds the whole
        // text.
        boolean ofText =
                file.name().type() == FlywayFileType.REPEATABLE
                        && (!values.hasParameter(text) || isWhole(up, text));
        String checksum = ofText ? checksum(text) : raw;
        return new Migration(
                kind(file),
                file.name().version().map(FlywayVersion::text).orElse(""),
                file.name().description(),
                file.script(),
                Optional.of(checksum),
                up,
                down.map(schemas::on),
                Optional.empty(),
                checksum.equals(raw)
                        ? Optional.empty()
                        : Optional.of(Collections.singletonList(raw)),
                Optional.empty());
    }

    private static boolean isWhole(List<Step> steps, String text) {
        return steps.size() == 1
                && steps.get(0) instanceof ScriptStep script
                && script.sql().equals(text);
    }

    private static String checksum(String text) {
        return Integer.toString(FlywayChecksum.of(text));
    }

    private static MigrationKind kind(FlywayFile file) {
        return switch (file.name().type()) {
            case REPEATABLE -> MigrationKind.REPEATABLE;
            case BASELINE -> MigrationKind.BASELINE;
            default -> MigrationKind.VERSIONED;
        };
    }

    private VersionTableName versionTable() {
        return given.versionTable()
                .orElseGet(() -> new VersionTableName(settings.defaultSchema(), settings.table()));
    }

    private Optional<GapRule> gaps() {
        return given.gaps()
                .or(() -> settings.outOfOrder() ? Optional.of(GapRule.FILLED) : Optional.empty());
    }
}
