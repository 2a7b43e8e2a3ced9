package dev.skein.engine.sql;

/**
 * One visible token: its type in the grammar and its place in the script. A dollar-quoted text is
 * one lexeme.
 *
 * @param end the offset after its last character
 */
record Lexeme(int type, int start, int end) {}
