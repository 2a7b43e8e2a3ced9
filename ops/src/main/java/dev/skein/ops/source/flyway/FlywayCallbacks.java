package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Hooks.Hook;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What SQL callbacks become: hooks of the plan, or a part of each migration's own steps. Scripts of
 * one event run in the order of their descriptions.
 */
final class FlywayCallbacks {
    private static final String BETWEEN_SCRIPTS = "\n;\n";

    private final PlanProblems problems;
    private final Map<FlywayEvent, List<Callback>> scripts = new EnumMap<>(FlywayEvent.class);

    /** A callback's steps, and its text where it can share the transaction of a migration. */
    private record Callback(FlywayFile file, List<Step> steps) {
        String description() {
            return file.name().description();
        }

        /** Present if the whole script is one step in a transaction. */
        Optional<ScriptStep> script() {
            return steps.size() == 1 && steps.get(0) instanceof ScriptStep script
                    ? Optional.of(script)
                    : Optional.empty();
        }
    }

    FlywayCallbacks(PlanProblems problems) {
        this.problems = problems;
    }

    /** Whether a plan has a place for scripts of this event; if not, and if it matters, refuses. */
    boolean accepts(FlywayFile file, boolean repeatables) {
        FlywayEvent event = file.name().event().orElseThrow();
        return switch (event.use()) {
            case BEFORE, BEFORE_EACH, AFTER_EACH, AFTER -> true;
            case BETWEEN -> {
                if (repeatables) {
                    refuse(file, "between versioned and repeatable migrations");
                }
                yield !repeatables && event == FlywayEvent.AFTER_VERSIONED;
            }
            case REFUSED -> {
                refuse(file, "at a moment");
                yield false;
            }
            case NEVER -> false;
        };
    }

    private void refuse(FlywayFile file, String when) {
        problems.add(
                file.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "Flyway would run the callback %s %s for which a plan has no place"
                        .formatted(file.name().event().orElseThrow().id(), when),
                "Move it to another callback, such as beforeEachMigrate or afterMigrate, or build"
                        + " the plan without it by --leave-out "
                        + file.fileName());
    }

    void add(FlywayFile file, List<Step> steps) {
        FlywayEvent event = file.name().event().orElseThrow();
        Callback callback = new Callback(file, steps);
        if (isAround(file) && callback.script().isEmpty()) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.MIXED,
                    "the callback %s runs inside each migration's transaction, and a statement in"
                                    .formatted(event.id())
                            + " it cannot",
                    "Move the statement to beforeMigrate or afterMigrate");
        }
        scripts.computeIfAbsent(event, key -> new ArrayList<>()).add(callback);
    }

    /** Whether it runs in the transaction of each migration. */
    static boolean isAround(FlywayFile file) {
        FlywayEvent.Use use = file.name().event().orElseThrow().use();
        return use == FlywayEvent.Use.BEFORE_EACH || use == FlywayEvent.Use.AFTER_EACH;
    }

    /** What runs around all migrations; absent where nothing does. */
    Optional<Hooks> hooks(List<Hook> first) {
        List<Hook> before = new ArrayList<>(hooks(FlywayEvent.Use.BEFORE));
        before.addAll(0, first);
        List<Hook> after = new ArrayList<>(hooks(FlywayEvent.Use.BETWEEN));
        after.addAll(hooks(FlywayEvent.Use.AFTER));
        return before.isEmpty() && after.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hooks(before, after));
    }

    private List<Hook> hooks(FlywayEvent.Use use) {
        List<Hook> hooks = new ArrayList<>();
        for (Callback callback : of(use)) {
            callback.steps()
                    .forEach(step -> hooks.add(new Hook(callback.file().name().stem(), step)));
        }
        return hooks;
    }

    private List<Callback> of(FlywayEvent.Use use) {
        // The map goes through the events in the order of their declaration, which is Flyway's.
        return scripts.entrySet().stream()
                .filter(entry -> entry.getKey().use() == use)
                .flatMap(
                        entry ->
                                entry.getValue().stream()
                                        .sorted(Comparator.comparing(Callback::description)))
                .toList();
    }

    private static Step joined(List<ScriptStep> scripts) {
        StringBuilder text = new StringBuilder();
        List<ScriptExcerpt> places = new ArrayList<>();
        int lines = 0;
        for (ScriptStep script : scripts) {
            int above = lines;
            script.excerpts().forEach(each -> places.add(each.behind(above)));
            String sent = script.sql() + BETWEEN_SCRIPTS;
            text.append(sent);
            lines += (int) sent.chars().filter(each -> each == '\n').count();
        }
        text.setLength(text.length() - BETWEEN_SCRIPTS.length());
        return new ScriptStep(text.toString()).at(places);
    }

    /** A migration's steps, with what runs before and after each migration. */
    List<Step> around(List<Step> steps) {
        List<Callback> before = of(FlywayEvent.Use.BEFORE_EACH);
        List<Callback> after = of(FlywayEvent.Use.AFTER_EACH);
        if (before.isEmpty() && after.isEmpty()) {
            return steps;
        }
        if (steps.size() == 1 && steps.get(0) instanceof ScriptStep script) {
            List<ScriptStep> scripts = new ArrayList<>();
            before.forEach(each -> each.script().ifPresent(scripts::add));
            scripts.add(script);
            after.forEach(each -> each.script().ifPresent(scripts::add));
            return List.of(joined(scripts));
        }
        List<Step> all = new ArrayList<>();
        before.forEach(each -> all.addAll(each.steps()));
        all.addAll(steps);
        after.forEach(each -> all.addAll(each.steps()));
        return all;
    }
}
