package dev.skein.ops.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help pages read: commands in groups by what they are for, and an example under each page. */
final class CommandHelp {
    private static final String OTHERS = "More";
    private static final String EXAMPLE = "%nExample:%n";

    /** Names of the root's commands, in the order of a day's work. */
    private static final Map<String, List<String>> ROOT = new LinkedHashMap<>();

    /** Names of the verbs of a rollout. */
    private static final Map<String, List<String>> ROLLOUT = new LinkedHashMap<>();

    static {
        ROOT.put("Try it", List.of("demo", "standalone"));
        ROOT.put("Run it", List.of("config", "orchestrator", "agent"));
        ROOT.put("Roll migrations out", List.of("plan", "rollout"));
        ROOT.put("Look at the fleet", List.of("fleet", "database", "agents", "log"));
        ROOT.put("Ask", List.of("help"));
        ROLLOUT.put("Begin and look", List.of("open", "list", "status", "watch"));
        ROLLOUT.put(
                "Let it go on", List.of("approve", "revoke", "promote", "resume", "retry", "skip"));
        ROLLOUT.put("Hold it, end it", List.of("pause", "revoke", "abort", "rollback"));
    }

    private CommandHelp() {}

    /** The same command line, whose help pages read so. */
    static CommandLine withGroupsAndExamples(CommandLine skein) {
        grouped(skein, ROOT);
        grouped(skein.getSubcommands().get("rollout"), ROLLOUT);
        headExamples(skein);
        return skein;
    }

    private static void grouped(CommandLine command, Map<String, List<String>> groups) {
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, renderer(groups));
    }

    private static IHelpSectionRenderer renderer(Map<String, List<String>> groups) {
        return help -> {
            Map<String, Help> all = new LinkedHashMap<>(help.subcommands());
            StringBuilder text = new StringBuilder();
            groups.forEach(
                    (title, names) -> {
                        Map<String, Help> group = new LinkedHashMap<>();
                        for (String name : names) {
                            if (all.containsKey(name)) {
                                group.put(name, all.remove(name));
                            }
                        }
                        append(text, help, title, group);
                    });
            append(text, help, OTHERS, all);
            return text.toString();
        };
    }

    private static void append(
            StringBuilder text, Help help, String title, Map<String, Help> group) {
        if (!group.isEmpty()) {
            text.append(String.format("%n%s:%n", title)).append(help.commandList(group));
        }
    }

    private static void headExamples(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (usage.footer().length > 0) {
            usage.footerHeading(EXAMPLE);
        }
        new ArrayList<>(new TreeSet<>(command.getSubcommands().keySet()))
                .forEach(name -> headExamples(command.getSubcommands().get(name)));
    }
}
