package dev.skein.engine.sql;

/** Why a script is refused; {@link #code} is stable and meant for programs. */
public enum RefusalCode {
    /** {@code copy} from or to the client. */
    COPY_STDIN("copy-stdin"),

    /** A command of psql, which the server does not know. */
    PSQL_COMMAND("psql-command"),

    /** A variable of psql, which the server does not know. */
    PSQL_VARIABLE("psql-variable"),

    /** A literal, quoted name, dollar-quoted text or comment without its end. */
    UNTERMINATED("unterminated"),

    /** A literal that the settings made before it forbid. */
    STRING_ESCAPES("string-escapes"),

    /** The script says that the rest of it is in another encoding than a plan's. */
    CLIENT_ENCODING("client-encoding"),

    /** Text that no version of PostgreSQL reads. */
    SYNTAX("syntax"),

    /** One concurrent statement over several indexes, which PostgreSQL does not offer. */
    SEVERAL_INDEXES("several-indexes"),

    /** A concurrent statement whose names could not be read. */
    UNREADABLE_NAME("unreadable-name");

    private final String code;

    RefusalCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
