/** The port between orders and databases: who follows orders calls it, an engine implements it. */
package dev.skein.engine;
