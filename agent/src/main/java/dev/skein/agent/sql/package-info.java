/** SQL as text: the one place where names and values are put into it. */
package dev.skein.agent.sql;
