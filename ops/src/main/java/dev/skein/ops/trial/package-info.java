/**
 * Playing the steps of a plan on a scratch database as an agent would: each step on a connection
 * without a past, scripts in a transaction of their own, statements outside of one, parameters
 * filled in. What rehearsals and generated downs stand on.
 */
package dev.skein.ops.trial;
