package dev.skein.ops.source;

/**
 * Why a directory is refused; {@link #code} is stable and meant for programs. Problems inside the
 * SQL itself have the codes of {@link dev.skein.engine.sql.RefusalCode}.
 */
public enum PlanProblemCode {
    /** The directory does not exist, is a file, or cannot be listed. */
    NO_DIRECTORY("no-directory"),

    /** No file in the directory is a migration. */
    EMPTY("empty"),

    /** A file that cannot be read. */
    UNREADABLE("unreadable"),

    /** A file that a link leads to and that is not in the directory. */
    OUTSIDE("outside"),

    /** A pipe, a device or a socket where a script is expected. */
    NO_FILE("no-file"),

    /** A script, or a plan, with more bytes than one may have. */
    TOO_LARGE("too-large"),

    /** A file that is no text in UTF-8, or in the encoding that is set. */
    NOT_UTF_8("not-utf-8"),

    /** A file whose name looks like a migration's and is not. */
    FILE_NAME("file-name"),

    /** Two migrations, or two ways back, of one version. */
    DUPLICATE_VERSION("duplicate-version"),

    /** Two repeatable migrations of one description. */
    DUPLICATE_DESCRIPTION("duplicate-description"),

    /** A version that is missing between two others. */
    GAP("gap"),

    /** A way back from a version that nothing leads to. */
    DOWN_WITHOUT_UP("down-without-up"),

    /** A way back whose name is not that of its migration. */
    DOWN_NAME("down-name"),

    /** A header comment that Skein does not understand. */
    HEADER("header"),

    /** A statement that would begin or end the transaction in which its script runs. */
    TRANSACTION_CONTROL("transaction-control"),

    /** A statement that cannot run inside a transaction, in a script that does not say so. */
    NEEDS_TRANSACTION_NONE("needs-transaction-none"),

    /** Statements that need a transaction beside statements that refuse one. */
    MIXED("mixed"),

    /** A block that makes a setting for statements which are steps of their own. */
    SESSION_SETTING("session-setting"),

    /** A placeholder, whose value is not known here. */
    PLACEHOLDER("placeholder"),

    /** A migration to leave out that is not there. */
    LEFT_OUT("left-out"),

    /** A part of the framework that Skein does not carry out yet. */
    NOT_SUPPORTED("not-supported"),

    /** A directory that has to hold a script and does not. */
    MISSING_SCRIPT("missing-script"),

    /** Migrations that were written for another database than PostgreSQL. */
    PROVIDER("provider"),

    /** More than one directory could be meant. */
    SEVERAL_DIRECTORIES("several-directories"),

    /** A version table was named for a framework that has none. */
    NO_VERSION_TABLE("no-version-table"),

    /** The framework, or what runs it, is missing or does not start. */
    PROGRAM("program"),

    /** The framework's configuration cannot be used. */
    CONFIGURATION("configuration"),

    /** A migration that is a program and cannot be loaded, or fails while it is recorded. */
    RECORDING("recording"),

    /** A migration that is a program and whose SQL may differ between databases. */
    NOT_REPEATABLE("not-repeatable"),

    /** An option names a migration that is not there. */
    NO_MIGRATION("no-migration");

    private final String code;

    PlanProblemCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
