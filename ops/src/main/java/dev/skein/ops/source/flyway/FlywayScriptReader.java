package dev.skein.ops.source.flyway;

import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.ScriptReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads scripts with the settings that lie beside them in {@code V1__x.sql.conf}. */
final class FlywayScriptReader {
    private static final String IN_TRANSACTION = "executeInTransaction";
    private static final String ENCODING = "encoding";
    private static final String REPLACEMENT = "placeholderReplacement";
    private static final String SHOULD_EXECUTE = "shouldExecute";
    private static final List<String> KNOWN = List.of(IN_TRANSACTION, ENCODING, REPLACEMENT);

    private final FlywaySettings settings;
    private final PlanProblems problems;
    private final Map<String, FlywayFile> ownSettings = new HashMap<>();

    FlywayScriptReader(FlywaySettings settings, PlanProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Takes a file of settings, to be used with its script; Flyway ignores the case of names. */
    void addSettings(FlywayFile file) {
        ownSettings.put(key(file.shown()), file);
    }

    private static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    Optional<FlywayScript> read(FlywayFile file) {
        Map<String, String> own = own(file);
        Optional<Charset> encoding = encoding(file, own);
        return encoding.flatMap(
                        charset ->
                                new ScriptReader(file.tree(), problems)
                                        .read(file.path(), file.shown(), charset))
                .map(
                        script ->
                                new FlywayScript(
                                        file,
                                        script.text(),
                                        Optional.ofNullable(own.get(IN_TRANSACTION))
                                                .map(Boolean::parseBoolean),
                                        Optional.ofNullable(own.get(REPLACEMENT))
                                                .map(Boolean::parseBoolean)
                                                .orElse(settings.syntax().replaced())));
    }

    private Optional<Charset> encoding(FlywayFile file, Map<String, String> own) {
        String name = own.get(ENCODING);
        try {
            return Optional.of(name == null ? settings.encoding() : Charset.forName(name));
        } catch (IllegalArgumentException e) {
            problems.add(
                    file.shown() + ".conf",
                    PlanProblemCode.CONFIGURATION,
                    "the encoding " + name + " is unknown",
                    "Name one that Java knows, such as UTF-8 or ISO-8859-1");
            return Optional.empty();
        }
    }

    private Map<String, String> own(FlywayFile script) {
        FlywayFile file = ownSettings.get(key(script.shown() + ".conf"));
        if (file == null) {
            return Collections.emptyMap();
        }
        try {
            String text = new String(file.tree().bytes(file.path()), StandardCharsets.UTF_8);
            Map<String, String> found = FlywayConfigFiles.classicProperties(text);
            refuseOthers(file, found.keySet());
            return found;
        } catch (IOException e) {
            problems.add(
                    file.shown(),
                    PlanProblemCode.UNREADABLE,
                    "the settings of the script cannot be read: " + IoReason.of(e),
                    "Give read permission on the file");
            return Collections.emptyMap();
        }
    }

    private void refuseOthers(FlywayFile file, Set<String> keys) {
        for (String key : new TreeSet<>(keys)) {
            if (key.equals(SHOULD_EXECUTE)) {
                problems.add(
                        file.shown(),
                        PlanProblemCode.CONFIGURATION,
                        "shouldExecute, which only Flyway's paid editions know, cannot be carried",
                        "Build a plan for each case, with --leave-out where the script is not to"
                                + " run, and take the setting away");
            } else if (!KNOWN.contains(key)) {
                problems.add(
                        file.shown(),
                        PlanProblemCode.CONFIGURATION,
                        key + " is no setting of a script",
                        "Use " + String.join(", ", KNOWN));
            }
        }
    }
}
