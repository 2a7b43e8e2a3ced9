/**
 * {@code skein demo}: a fleet of tenant databases, a plan that one of them cannot take, the fix.
 */
package dev.skein.ops.demo;
