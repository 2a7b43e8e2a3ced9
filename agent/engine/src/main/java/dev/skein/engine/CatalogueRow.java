package dev.skein.engine;

/**
 * One object of a schema.
 *
 * @param object its kind and name, such as {@code index public.invoice_due}
 * @param definition all that makes it what it is, without its name in the catalogue
 */
public record CatalogueRow(String object, String definition) {}
