/** The rules, one a class; each has a page in {@code ops/docs/rules}. */
package dev.skein.ops.lint.rule;
