package dev.skein.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes scripts of tokens that are hard to read. They write into {@code fuzz.fx (n int)}, a number
 * a statement, define things in the schema {@code fuzz}, and name nothing else of their own.
 */
final class FuzzScripts {
    /** Expressions that hold what looks like the end of something, with or without an alias. */
    private static final List<String> EXPRESSIONS =
            List.of(
                    "'it''s; commit'",
                    "'C:\\'",
                    "E'it\\'s; \\\\'",
                    "e'a\\';b'\n 'c;'",
                    "E'a''b\\\\''; commit;'",
                    "e'\\\\\\';'",
                    "U&'d\\0061t\\+000061; '",
                    "u&'d!0061;' uescape '!'",
                    "U&'\\\\;'",
                    "$$a;' \" $b$$",
                    "$fn$ $$ ; $f$ $fn$",
                    "$é$ ; $e$ 'x $é$",
                    "$_$ ; $a$ $_$",
                    "$a$;$A$ $a$",
                    "$a1$;$a$ begin; $a1$",
                    "N'x;'",
                    "B'101'",
                    "X'1F'",
                    "'a'\n'b;'",
                    "'a' -- c; '\n  'b;'",
                    "'$$;'",
                    "'é😀;'",
                    "'a'||E'\\\\'||';'",
                    "'/*' || '*/;'",
                    "'--;'",
                    "1 as \"a;b\"",
                    "1 as \"a\"\"; commit;\"",
                    "1 as U&\"d\\0061;\"",
                    "1 as u&\"d!0061;\" uescape '!'",
                    "1 as a$b$c, 2 as d$b$",
                    "1 as é$x$, $x$;$x$ as \"$x$\"",
                    "1 as \"begin\", 2 as commit",
                    "1 as end, 2 as case, 3 as atomic",
                    "1 commit, 2 rollback, 3 atomic",
                    "case when true then case when 1 in (1, 2) then ';' end else '' end",
                    "1*/*c;*/2",
                    "1-/*c;*/-1",
                    "5 --3; commit;\n",
                    "1<--;\n2",
                    "2 /*/ odd; */ + 1",
                    "1 /* a /* ; /* b */ ' */ $$ */",
                    "@ -5",
                    "1 in (1), (select 2), '(;'",
                    "(array[1,2,3])[1:2], '{1;}'::text",
                    "1::int, ':x;'::\"char\"",
                    "'a' operator(pg_catalog.||) ';'",
                    "1e5, .5, 5., 0.1",
                    "interval '1' day, ';'",
                    "'\\d ;'",
                    "json '{\"a;\": \"\\\"\"}'");

    private static final List<String> TRIVIA =
            List.of(
                    "",
                    "",
                    "",
                    " ",
                    "\n",
                    "\t\r\n",
                    "-- it's; commit\n",
                    "--\n",
                    "/* a; */",
                    "/* a /* b; */ don't */",
                    "/*/*/**/*/*/",
                    "/**/",
                    "/* \" $$ -- */",
                    "-- /*\n",
                    "--é 😀 */\r\n");

    private static final List<String> BEGINS =
            List.of(
                    "begin",
                    "BEGIN WORK",
                    "Start Transaction",
                    "begin isolation level serializable, read write",
                    "start /* ; */ transaction read write");
    private static final List<String> ENDS =
            List.of(
                    "commit",
                    "COMMIT WORK",
                    "end",
                    "End Transaction",
                    "commit and no chain",
                    "commit/* ; */work",
                    "commit and chain",
                    "rollback",
                    "abort",
                    "rollback work",
                    "rollback and chain",
                    "prepare transaction 'x'",
                    "commit prepared 'x'");

    /** What a change by one token makes of a script nobody knows beforehand. */
    private static final List<String> NOISE =
            List.of(
                    "'",
                    "\"",
                    "$$",
                    "$a$",
                    "/*",
                    "*/",
                    "--",
                    "\n",
                    ";",
                    "\\",
                    "E'",
                    "U&'",
                    "(",
                    ")",
                    "[",
                    "]",
                    " begin ",
                    " end ",
                    " case ",
                    " atomic ",
                    "''",
                    "\"\"",
                    "$",
                    ":",
                    "é",
                    "N'",
                    "U&\"",
                    "commit;",
                    "begin;",
                    " as ",
                    "?",
                    "{",
                    "}",
                    "#",
                    "\u00a0",
                    "\f");

    private static final List<String> WRITING =
            List.of(
                    "insert into fuzz.fx select N from (select {hard}) as x",
                    "insert into fuzz.fx values (N) /* ; */ returning -- ;\n n",
                    "with w as (insert into fuzz.fx values (N)) select {hard}",
                    "do $x$ begin insert into fuzz.fx values (N); end; $x$",
                    "create table fuzz.a_N as select N as x from (select {hard}) as y",
                    "select N as x into fuzz.a_N");

    /** A capital N stands for a number of the statement's own. */
    private static final List<String> ANY =
            List.of(
                    "create table fuzz.t_N (\"a;\" text default ';', b int)",
                    "create view fuzz.v_N as select N as n /* ; as */",
                    "create materialized view fuzz.m_N as select N as n",
                    "create function fuzz.f_N() returns int language sql\n"
                            + "begin atomic select case when true then 1 end; select N; end",
                    "create function fuzz.f_N(w int) returns int language sql begin atomic"
                            + " select w end; select w case; select (select w case) end;"
                            + " select case w when 1 then 2 end end; select w case, N end from"
                            + " (select 1) as t; end",
                    "create or replace procedure fuzz.p_N() begin atomic"
                            + " insert into fuzz.fx values (N); select 1 as end; end",
                    "create function fuzz.f_N() returns int as $f$ begin commit; return N; end; $f$"
                            + " language plpgsql",
                    "create rule r_N as on update to fuzz.other do also"
                            + " (select 1; insert into fuzz.fx values (-N))",
                    "comment on table fuzz.other is 'xN; commit'",
                    "alter table fuzz.other add \"c;N\" int",
                    "create index i_N on fuzz.other (a) where a > N",
                    "prepare q_N as select {hard}; execute q_N",
                    "/* ; */ (select {hard})",
                    "select {hard}",
                    "select {hard}, {hard}");

    private static final List<String> SPECIAL =
            List.of(
                    "set work_mem = '4MB'",
                    "set local work_mem to '4MB'",
                    "reset work_mem",
                    "reset all",
                    "set nonsense = 1",
                    "show work_mem",
                    "select set_config('work_mem', '4MB', false)",
                    "vacuum fuzz.fx",
                    "create index concurrently on fuzz.other (a)",
                    "reindex table concurrently fuzz.other",
                    "cluster",
                    "create database fuzz_d",
                    "discard all",
                    "alter system reset work_mem",
                    "call fuzz.committing(N)",
                    "set standard_conforming_strings = off; select 'a;', E'\\'', $$\\$$",
                    "set standard_conforming_strings = off; select 'it\\'s; commit', date'20\\x31'",
                    "set local standard_conforming_strings to off; select {hard}, '\\\\', 'a\\';b'",
                    "set standard_conforming_strings = off; set standard_conforming_strings = on;"
                            + " select '\\'");

    private static final List<String> ALONE =
            List.of(
                    "call fuzz.committing(1)",
                    "call fuzz.failing(1)",
                    "do $$ begin insert into fuzz.fx values (1); commit; perform 1/0; end $$",
                    "do language plpgsql 'begin insert into fuzz.fx values (1); commit;"
                            + " perform 1/0; end'",
                    "do E'begin insert into fuzz.fx values (1); com\\x6dit; perform 1/0; end'",
                    "do 'begin insert into fuzz.fx values (1); com'\n'mit; perform 1/0; end'",
                    "do U&'begin insert into fuzz.fx values (1); com\\006dit; perform 1/0; end'",
                    "do $x$ begin call fuzz.failing(1); end $x$ language plpgsql",
                    "do $$ begin insert into fuzz.fx values (1); /* commit; */ perform 1/0; end $$",
                    "do $$ begin insert into fuzz.fx values (1); raise notice 'commit; call';"
                            + " perform 1/0; end $$",
                    "do $$ begin insert into fuzz.fx values (1);"
                            + " create temp table t () on commit drop; perform 1/0; end $$",
                    "do $$ begin insert into fuzz.fx values (1); rollback;"
                            + " insert into fuzz.fx values (2); commit and chain; perform 1/0;"
                            + " end $$",
                    "do $$ begin insert into fuzz.fx values (1);"
                            + " execute 'call fuzz.failing(2)'; end $$");

    private final SplittableRandom random;
    private int number;

    FuzzScripts(SplittableRandom random) {
        this.random = random;
    }

    /**
     * A script.
     *
     * @param pieces any of them may be left out to make another one
     * @param plain whether it is undamaged, of several statements and without transaction control
     */
    record Script(List<String> pieces, boolean plain) {
        String text() {
            return String.join("", pieces);
        }
    }

    Script next() {
        number = 0;
        List<String> pieces = new ArrayList<>();
        if (random.nextInt(6) == 0) {
            pieces.add(trivia());
            pieces.add(alone());
            return new Script(damaged(pieces), false);
        }
        boolean control = random.nextInt(4) > 0;
        int failing = random.nextInt(10);
        for (int i = 0; i < 2 + random.nextInt(6); i++) {
            pieces.add(trivia());
            if (i == failing) {
                pieces.add("select 1/0");
            } else {
                pieces.add(control && random.nextInt(5) < 2 ? control() : statement());
            }
            pieces.add(trivia() + ";");
        }
        pieces.add(trivia());
        pieces.add(random.nextBoolean() ? "select 1/0" : statement());
        return random.nextInt(4) == 0
                ? new Script(damaged(pieces), false)
                : new Script(pieces, !control);
    }

    private List<String> damaged(List<String> pieces) {
        if (random.nextBoolean() || pieces.size() > 2) {
            int index = random.nextInt(pieces.size());
            String piece = pieces.get(index);
            int at = random.nextInt(piece.length() + 1);
            String noise = one(NOISE);
            int rest = Math.min(piece.length(), at + random.nextInt(2));
            pieces.set(index, piece.substring(0, at) + noise + piece.substring(rest));
        }
        return pieces;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String trivia() {
        return one(TRIVIA) + one(TRIVIA);
    }

    private String control() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> one(BEGINS);
            case 3, 4, 5, 6 -> one(ENDS);
            default ->
                    one(
                            List.of(
                                    "savepoint s",
                                    "rollback to s",
                                    "rollback work to savepoint s",
                                    "release s"));
        };
    }

    private String statement() {
        String number = Integer.toString(++this.number);
        String template =
                random.nextInt(8) == 0 ? one(SPECIAL) : one(random.nextInt(3) == 0 ? WRITING : ANY);
        return template.replace("N", number).replace("{hard}", one(EXPRESSIONS));
    }

    /** A statement that may end transactions, most of them with a failure after that. */
    private String alone() {
        return random.nextInt(4) == 0 ? statement() : one(ALONE);
    }
}
