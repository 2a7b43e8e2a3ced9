/**
 * Reads SQL scripts while a plan is built: splits them into statements, says of each whether
 * PostgreSQL runs it inside a transaction block, and refuses what could not be carried out later.
 *
 * <p>Vocabulary: a <em>lexeme</em> is one token of pgcodekeeper's PostgreSQL lexer; a
 * <em>statement</em> is what PostgreSQL would run between two semicolons; a <em>target</em> is what
 * to look for in the catalogue after a crash; a <em>problem</em> is one reason to refuse a script.
 *
 * <p>Only the lexer of that grammar is used. Its parser gives up at the first construct it does not
 * know, while here a statement that nobody but the server understands is still a statement.
 *
 * <pre>{@code
 * SqlScript script = SqlScript.parse("V7__index.sql", "create index concurrently i on t (a);");
 * script.statements().get(0).transactionality(); // NON_TRANSACTIONAL
 * script.statements().get(0).target().orElseThrow().index(); // Optional[i]
 * }</pre>
 */
package dev.skein.engine.sql;
