package dev.skein.ops.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A simple name stands for one type over all modules, so that a search for it finds one thing.
 * Types within types count too. A name that stands for several needs a reason.
 */
class HomonymTest {
    private static final Pattern NO_CODE =
            Pattern.compile(
                    "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|/\\*.*?\\*/|//[^\n]*",
                    Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");

    private static final String FORM = "a form of the language: read only with the type around it";
    private static final String IMPORTER = "the same part of two importers of frameworks";
    private static final String PRIVATE = "used in one file each, and named by what it is there";

    private static final SortedMap<String, String> REASONS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("Visitor", FORM),
                            Map.entry("Kind", FORM),
                            Map.entry("Done", "the answer to a request that was carried out"),
                            Map.entry(
                                    "Retry", "the verb, and what the ledger is told of an attempt"),
                            Map.entry("FaultHandler", "one contract, in two processes apart"),
                            Map.entry("HttpConfig", "the section http, in two processes apart"),
                            Map.entry("Recordings", IMPORTER),
                            Map.entry(
                                    "Run", "something that began and ends: a program, a rehearsal"),
                            Map.entry("Found", PRIVATE),
                            Map.entry("Leave", PRIVATE),
                            Map.entry("Outcome", PRIVATE),
                            Map.entry("Verdict", PRIVATE)));

    private static SortedMap<String, SortedSet<String>> homonyms() {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        for (SourceFile file : TidyTest.sources()) {
            if (file.isMain()) {
                for (String name : types(file)) {
                    all.computeIfAbsent(name, each -> new TreeSet<>()).add(place(file, name));
                }
            }
        }
        all.values().removeIf(places -> places.size() == 1);
        return all;
    }

    private static List<String> types(SourceFile file) {
        String code = NO_CODE.matcher(String.join("\n", file.lines())).replaceAll(" ");
        List<String> types = new ArrayList<>();
        for (Matcher each = TYPE.matcher(code); each.find(); ) {
            types.add(each.group(1));
        }
        return types;
    }

    private static String place(SourceFile file, String name) {
        String own = file.path().getFileName().toString().replace(".java", "");
        return file.packageName() + "." + (own.equals(name) ? name : own + "." + name);
    }

    @Test
    void everyNameWithTwoMeaningsIsArguedFor() {
        SortedMap<String, SortedSet<String>> found = homonyms();
        found.keySet().removeAll(REASONS.keySet());
        assertThat(found).as("rename all but one of these, or say why not").isEmpty();
    }

    @Test
    void everyReasonIsStillNeeded() {
        SortedSet<String> unneeded = new TreeSet<>(REASONS.keySet());
        unneeded.removeAll(homonyms().keySet());
        assertThat(unneeded).as("reasons for names that have one meaning").isEmpty();
    }
}
