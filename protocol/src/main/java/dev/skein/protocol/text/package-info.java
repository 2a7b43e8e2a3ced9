/** How values read in messages for people; the same in all modules. */
package dev.skein.protocol.text;
