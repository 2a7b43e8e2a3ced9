package dev.skein.protocol.log;

import java.util.List;
import java.util.stream.Collectors;

/** The topics are not kept as the log needs it; nothing may be read or written until they are. */
public final class LogMisconfigured extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<TopicProblem> problems;

    /** With at least one problem; {@code servers} are where the topics are. */
    public LogMisconfigured(String servers, List<TopicProblem> problems) {
        super(message(servers, problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(String servers, List<TopicProblem> problems) {
        return "the topics at "
                + servers
                + " are not kept as the log needs it; nothing was started. "
                + (problems.size() == 1 ? "1 problem:" : problems.size() + " problems:")
                + problems.stream().map(each -> "\n  " + each).collect(Collectors.joining());
    }

    /** Everything that is wrong, topic by topic. */
    public List<TopicProblem> problems() {
        return problems;
    }
}
