/**
 * Reads SQL scripts while a plan is built: splits them into statements, says of each whether
 * PostgreSQL runs it inside a transaction block, says of the whole what can stay of it after a
 * failure, and refuses what could not be carried out later. Agents parse no SQL: what they need to
 * know is in the plan. Only where a step has failed they ask {@link
 * dev.skein.engine.sql.StatementPlace} which statement it was.
 *
 * <p>Vocabulary: a <em>lexeme</em>, or <em>word</em>, is one token of pgcodekeeper's PostgreSQL
 * lexer, a dollar-quoted text being one; a <em>statement</em> is what PostgreSQL would run between
 * two semicolons; its <em>kind</em> is what it does and its <em>traits</em> are what else matters
 * of it; <em>transactionality</em> is whether it may run in a transaction block; <em>atomicity</em>
 * is what can stay of a text that does not come to its end; a <em>target</em> is what to look for
 * in the catalogue after a crash; a <em>problem</em> is one reason to refuse a script.
 *
 * <p>Only the lexer of that grammar is used. Its parser gives up at the first construct it does not
 * know, while here a statement that nobody but the server understands is still a statement. Whoever
 * asks for a word of a statement asks {@link dev.skein.engine.sql.TokenCursor}: a regular
 * expression over SQL finds words in literals and comments too.
 *
 * <p>The stages a script passes: {@link dev.skein.engine.sql.SourceText} → {@link
 * dev.skein.engine.sql.ScriptLexer} (the lexer, its gaps closed) → {@link
 * dev.skein.engine.sql.TokenStream} → {@link dev.skein.engine.sql.Splitter} with {@link
 * dev.skein.engine.sql.Nesting} → {@link dev.skein.engine.sql.StatementReader} → {@link
 * dev.skein.engine.sql.AtomicityReader}. {@code ScriptFuzzIT} compares all of it with a server.
 *
 * <pre>{@code
 * SqlScript script = SqlScript.parse("V7__index.sql", "create index concurrently i on t (a);");
 * script.statements().get(0).transactionality(); // NON_TRANSACTIONAL
 * script.statements().get(0).target().orElseThrow().index(); // Optional[i]
 * SqlScript.atomicityOf("begin; create table a (); commit; drop table b"); // SCHEMA_ONLY
 * }</pre>
 */
package dev.skein.engine.sql;
