package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What was found in databases that a framework manages, for a person. */
public final class AdoptionText {
    private static final int EXAMPLES_MAX = 5;
    private static final int REASONS_MAX = 20;
    private static final int KEYS_MAX = 5;
    private static final int DIGITS_MAX = 16;

    private final StringBuilder text = new StringBuilder();

    private AdoptionText() {}

    /** Groups, what could not be read, and what was adopted where that was asked for. */
    public static String of(JsonNode found) {
        AdoptionText words = new AdoptionText();
        words.head(found);
        found.path("groups").forEach(words::group);
        words.reasons("could not be read", found.path("unread"));
        words.reasons("with a ledger that is not as the log left it", found.path("ledgers"));
        words.outcome(found);
        return words.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void head(JsonNode found) {
        JsonNode plan = found.path("plan");
        int read = found.path("databases").asInt() - found.path("unread").size();
        line(
                "plan "
                        + Fields.shortId(plan, "id")
                        + " ("
                        + Fields.text(plan, "name")
                        + "), up to version "
                        + Fields.text(plan, "version")
                        + ": "
                        + databases(read)
                        + " read");
        line("");
    }

    /** {@code 4,981 databases}. */
    private static String databases(int count) {
        return String.format(Locale.ROOT, "%,d database%s", count, count == 1 ? "" : "s");
    }

    private void group(JsonNode group) {
        JsonNode findings = group.path("findings");
        String version =
                findings.has("version")
                        ? "version " + Fields.text(findings, "version")
                        : "no version";
        int count = group.path("count").asInt();
        boolean differs = !findings.path("differing").isEmpty();
        line(version + ": " + databases(count) + (differs ? " with another checksum" : ""));
        differences(findings.path("differing"));
        missing(findings.path("missing"));
        listed("applied and not in the plan", findings.path("unknown"));
        listed("failed or not finished", findings.path("failed"));
        proof(findings.path("proof"));
        if (findings.path("lockStuck").asBoolean()) {
            line("  the framework's lock is set");
        }
        examples(group.path("databases"));
    }

    private void proof(JsonNode proof) {
        if (proof.isMissingNode()) {
            return;
        }
        String version = Fields.text(proof, "version");
        switch (proof.path("verdict").asText()) {
            case "recorded" -> line("  is at version " + version + ", as its own books say");
            case "proven" ->
                    line(
                            "  is at version "
                                    + version
                                    + ": its schema is what the plan's rehearsal had there");
            case "contradicted" -> line("  is not at version " + version);
            default -> line("  not proven to be at version " + version);
        }
        texts(proof.path("reasons")).forEach(reason -> line("    " + reason));
        int unnamed = proof.path("unnamed").asInt();
        if (unnamed > 0) {
            line("    and " + unnamed + " more");
        }
    }

    private void differences(JsonNode all) {
        StreamSupport.stream(all.spliterator(), false).limit(KEYS_MAX).forEach(this::difference);
        if (all.size() > KEYS_MAX) {
            line("  " + ShortList.rest(all.size(), KEYS_MAX) + " with another checksum");
        }
    }

    private void difference(JsonNode each) {
        line(
                "  migration "
                        + Fields.text(each, "migration")
                        + " has checksum "
                        + abbreviated(Fields.text(each, "recorded"))
                        + ", the plan "
                        + abbreviated(Fields.text(each, "planned")));
    }

    private static String abbreviated(String checksum) {
        return checksum.length() <= DIGITS_MAX ? checksum : checksum.substring(0, DIGITS_MAX);
    }

    private void missing(JsonNode ranges) {
        int count = 0;
        List<String> words = new ArrayList<>();
        for (JsonNode range : ranges) {
            count += range.path("count").asInt();
            String first = Fields.text(range, "first");
            words.add(
                    range.path("count").asInt() == 1
                            ? first
                            : first + " to " + Fields.text(range, "last"));
        }
        line(count == 0 ? "  nothing missing" : "  missing " + count + ": " + join(words));
    }

    private static String join(List<String> words) {
        return ShortList.of(words, KEYS_MAX);
    }

    private void listed(String what, JsonNode keys) {
        if (!keys.isEmpty()) {
            line("  " + what + ": " + join(texts(keys)));
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> Visible.of(each.asText()))
                .collect(Collectors.toList());
    }

    private void examples(JsonNode databases) {
        List<String> ids = texts(databases);
        boolean all = ids.size() <= EXAMPLES_MAX;
        line(all ? "  " + join(ids) : "  such as " + join(ids.subList(0, EXAMPLES_MAX)));
    }

    private void reasons(String what, JsonNode databases) {
        if (databases.isEmpty()) {
            return;
        }
        line("");
        line(databases(databases.size()) + " " + what);
        Map<String, List<String>> byReason = new TreeMap<>();
        for (JsonNode each : databases) {
            String reason = Fields.text(each, "state") + ": " + Fields.text(each, "reason");
            byReason.computeIfAbsent(reason, key -> new ArrayList<>())
                    .add(Fields.text(each, "database"));
        }
        byReason.entrySet().stream()
                .limit(REASONS_MAX)
                .forEach(each -> reason(each.getKey(), each.getValue().stream().sorted().toList()));
        if (byReason.size() > REASONS_MAX) {
            line("  " + ShortList.rest(byReason.size(), REASONS_MAX) + " reasons");
        }
    }

    private void reason(String reason, List<String> databases) {
        if (databases.size() == 1) {
            line("  " + databases.get(0) + "  " + reason);
            return;
        }
        line("  " + databases(databases.size()) + "  " + reason);
        line("    " + join(databases));
    }

    private static String intention(JsonNode found) {
        String head = "nothing was written; --confirm adopts those that agree with the plan";
        if (!found.has("at")) {
            return head;
        }
        String at = Fields.text(found, "at");
        return found.path("unproven").asBoolean()
                ? head + ", and takes your word that they are at version " + at
                : head + " and are proven to be at version " + at;
    }

    private void outcome(JsonNode found) {
        line("");
        if (found.has("adoption")) {
            line(databases(found.path("adopted").asInt()) + " adopted");
            reasons("not adopted", found.path("refused"));
        } else {
            line(intention(found));
        }
        boolean cut =
                StreamSupport.stream(found.path("groups").spliterator(), false)
                        .anyMatch(each -> each.path("count").asInt() > EXAMPLES_MAX);
        if (cut) {
            line("every database of each group is listed with --output json");
        }
    }
}
