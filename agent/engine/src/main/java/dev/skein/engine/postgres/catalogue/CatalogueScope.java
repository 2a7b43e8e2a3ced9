package dev.skein.engine.postgres.catalogue;

import dev.skein.engine.CatalogueRow;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which objects of a database are looked at.
 *
 * @param schema the tenant's schema, or absent for all of the database but the system's and Skein's
 * @param versionTableSchema the only schema that the framework's tables are in; absent for any
 * @param versionTables the framework's tables, which are left out with all that belongs to them
 */
public record CatalogueScope(
        Optional<String> schema, Optional<String> versionTableSchema, List<String> versionTables)
        implements SchemaReader {
    /** What a tenant's schema is called in objects and definitions, so that tenants compare. */
    static final String CANONICAL = "public.";

    /** Hexadecimal digits of an object's digest. */
    private static final int DIGITS = 16;

    /** Copies the list. */
    public CatalogueScope {
        versionTables = List.copyOf(versionTables);
    }

    /**
     * What a plan may change in a target.
     *
     * @param schema as of {@link dev.skein.protocol.id.DatabaseId#schema()}
     */
    public static CatalogueScope of(Plan plan, Optional<String> schema) {
        FrameworkRules rules = FrameworkRules.of(plan);
        List<String> tables = new ArrayList<>();
        rules.versionTable(plan)
                .ifPresent(
                        table -> {
                            tables.add(table);
                            tables.addAll(rules.tablesBeside(table));
                        });
        Optional<String> versionTableSchema = plan.versionTable().flatMap(VersionTableName::schema);
        return new CatalogueScope(schema, versionTableSchema, tables);
    }

    @Override
    public String preparation() {
        return Catalogue.PREPARATION;
    }

    @Override
    public String query() {
        return Catalogue.query(this);
    }

    @Override
    public Fingerprint fingerprint(Collection<CatalogueRow> rows) {
        SortedMap<String, TreeSet<String>> definitions = new TreeMap<>();
        rows.stream().map(this::canonical).forEach(row -> add(definitions, row));
        SortedMap<String, String> digests = new TreeMap<>();
        definitions.forEach((object, all) -> digests.put(object, digest(all)));
        return new Fingerprint(digests);
    }

    /** One that comes twice has both definitions. */
    private static void add(SortedMap<String, TreeSet<String>> definitions, CatalogueRow row) {
        definitions.computeIfAbsent(row.object(), object -> new TreeSet<>()).add(row.definition());
    }

    private static String digest(TreeSet<String> definitions) {
        return Sha256.hex(String.join("\n", definitions)).substring(0, DIGITS);
    }

    @Override
    public List<String> frameworkTables() {
        return versionTables;
    }

    /** The row with the tenant's schema called {@code public} wherever a name is qualified. */
    CatalogueRow canonical(CatalogueRow row) {
        return schema.map(CatalogueScope::qualifier)
                .map(
                        name ->
                                new CatalogueRow(
                                        name.matcher(row.object()).replaceAll(CANONICAL),
                                        name.matcher(row.definition()).replaceAll(CANONICAL)))
                .orElse(row);
    }

    /** Definitions are JSON, in which a quote and the end of a line are escaped. */
    private static Pattern qualifier(String schema) {
        String quoted = Pattern.quote(schema.replace("\"", "\"\""));
        return Pattern.compile(
                "(?:(?<![\\w$.]|\\\\\")|(?<=\\\\[nt]))(?:\\\\?\""
                        + quoted
                        + "\\\\?\"|"
                        + Pattern.quote(schema)
                        + ")\\.");
    }
}
