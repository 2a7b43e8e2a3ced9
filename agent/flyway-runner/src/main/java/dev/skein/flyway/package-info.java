/**
 * A program of a process of its own, on the class path of a team's project: it has the team's
 * Flyway apply one Java migration. Nothing of Skein is on that class path beside this package.
 */
package dev.skein.flyway;
