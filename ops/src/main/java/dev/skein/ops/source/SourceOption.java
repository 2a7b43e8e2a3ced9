package dev.skein.ops.source;

import java.util.Arrays;
import java.util.Optional;

/** An option of the command that means something to the sources of some frameworks only. */
public enum SourceOption {
    /** The framework's configuration file. */
    CONFIG("--config"),
    /** One more directory of migrations. */
    LOCATION("--location"),
    /** A placeholder's value. */
    PLACEHOLDER("--placeholder"),
    /** The label that is a placeholder's value in each database. */
    PLACEHOLDER_LABEL("--placeholder-label"),
    /** Whether gaps are filled. */
    OUT_OF_ORDER("--out-of-order"),
    /** A migration that the plan does not carry. */
    LEAVE_OUT("--leave-out"),
    /** An argument for the program that the migrations are part of. */
    ARGUMENT("-x"),
    /** The section of the configuration. */
    ENVIRONMENT("--environment"),
    /** The program that runs the framework. */
    PROGRAM("--program"),
    /** A migration that is taken as recorded. */
    ACCEPT("--accept"),
    /** A migration that the framework is to run in each database. */
    DELEGATE("--delegate"),
    /** The runner that the plan names for those. */
    RUNNER("--runner");

    private final String flag;

    SourceOption(String flag) {
        this.flag = flag;
    }

    /** The option of that name on the command line; empty for one that means something to all. */
    public static Optional<SourceOption> of(String flag) {
        return Arrays.stream(values()).filter(each -> each.flag.equals(flag)).findFirst();
    }
}
