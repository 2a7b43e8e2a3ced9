package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Alembic's version table: a row for each head, an applied revision that no other applied one has
 * as ancestor. What else is applied follows from the plan's graph.
 *
 * <p>Alembic takes no lock. It updates a row by its old content and fails where that is gone. So
 * each step's transaction locks the table against writers and checks the rows, and neither side
 * applies a revision twice.
 */
final class AlembicVersion implements VersionTable {
    private final Plan plan;
    private final Ancestry ancestry;
    private final String schema;
    private final String name;
    private final String table;

    AlembicVersion(Plan plan, String schema, String name) {
        this.plan = plan;
        this.ancestry = Ancestry.of(plan.migrations());
        this.schema = schema;
        this.name = name;
        this.table = SqlText.qualified(schema, name);
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public List<String> tables() {
        return List.of(name);
    }

    @Override
    public OptionalLong lockKey() {
        return OptionalLong.empty();
    }

    @Override
    public String ledgerKey() {
        return "alembic:" + table;
    }

    @Override
    public String creation() {
        return CreateIfAbsent.ofTable(
                schema,
                name,
                "create table "
                        + table
                        + " (version_num varchar(32) not null, constraint "
                        + SqlText.identifier(name + "_pkc")
                        + " primary key (version_num));");
    }

    @Override
    public Optional<String> query() {
        return Optional.of(
                "select version_num::text as version, '' as description, 'head' as type,"
                        + " null::text as checksum, true as success from "
                        + table
                        + " order by version_num");
    }

    @Override
    public Optional<VersionHistory> history(List<VersionRow> rows) {
        List<String> heads = rows.stream().flatMap(row -> row.version().stream()).toList();
        Set<String> known = ancestry.withAncestors(heads);
        List<VersionHistory.Applied> applied = new ArrayList<>();
        plan.migrations().stream()
                .map(Migration::key)
                .filter(known::contains)
                .forEach(key -> applied.add(entry(key)));
        heads.stream().filter(head -> !known.contains(head)).forEach(h -> applied.add(entry(h)));
        return Optional.of(new VersionHistory(applied, List.of(), Optional.empty()));
    }

    private static VersionHistory.Applied entry(String revision) {
        return new VersionHistory.Applied(revision, Optional.of(revision), Optional.empty());
    }

    @Override
    public String guard(VersionExpectation expectation) {
        String revision = expectation.migration().key();
        return "lock table "
                + table
                + " in exclusive mode;"
                + CreateIfAbsent.require(
                        expectation.applied() ? has(List.of(revision)) : next(revision),
                        "revision "
                                + revision
                                + (expectation.applied() ? " is no head" : " is not the next one")
                                + " in "
                                + table
                                + " any more: somebody else moved it");
    }

    /** Whether the revision's parents are applied and the revision itself is not. */
    private String next(String revision) {
        List<String> parents = ancestry.parents(revision);
        if (parents.isEmpty()) {
            Set<String> others =
                    ancestry.withAncestors(plan.migrations().stream().map(Migration::key).toList());
            others.removeAll(ancestry.withDescendants(revision));
            return others.isEmpty()
                    ? "not exists (select from " + table + ")"
                    : "not exists (select from "
                            + table
                            + " where version_num not in ("
                            + list(others)
                            + "))";
        }
        String all = parents.stream().map(this::standsOn).collect(Collectors.joining(" and "));
        boolean implied =
                parents.stream().anyMatch(parent -> ancestry.children(parent).size() == 1);
        return implied ? all : all + " and not " + has(ancestry.withDescendants(revision));
    }

    /** A parent with one child is a head until the child is applied. */
    private String standsOn(String parent) {
        return ancestry.children(parent).size() == 1
                ? has(List.of(parent))
                : has(ancestry.withDescendants(parent));
    }

    private String has(Collection<String> anyOf) {
        return "exists (select from " + table + " where version_num in (" + list(anyOf) + "))";
    }

    @Override
    public String change(VersionChange change) {
        String revision = change.migration().key();
        return switch (change.kind()) {
            case APPLIED -> applied(revision, ancestry.parents(revision));
            case REVERTED -> reverted(revision, ancestry.parents(revision));
            // A row says that the revision is applied; the table has no column for anything else.
            case CONFIRMED, STARTED, FAILED, FAILURE_CLEARED, ABANDONED -> "";
        };
    }

    @Override
    public String check(VersionChange change) {
        String revision = change.migration().key();
        return switch (change.kind()) {
            case APPLIED -> isHead(revision);
            case REVERTED -> isNoHead(revision);
            case CONFIRMED, STARTED, FAILED, FAILURE_CLEARED, ABANDONED -> "";
        };
    }

    /** The revision has a row, and no parent has one any more. */
    private String isHead(String revision) {
        List<String> parents = ancestry.parents(revision);
        RowCountCheck check = RowCountCheck.in(table);
        String rows = "revision " + revision;
        return check.exactly(1, "insert or update", rows, among(List.of(revision)))
                + (parents.isEmpty()
                        ? ""
                        : check.none("update or delete", "its parents", among(parents)));
    }

    /** The revision has no row, and each parent is a head or an ancestor of one. */
    private String isNoHead(String revision) {
        RowCountCheck check = RowCountCheck.in(table);
        StringBuilder sql =
                new StringBuilder(
                        check.none(
                                "update or delete",
                                "revision " + revision,
                                among(List.of(revision))));
        for (String parent : ancestry.parents(revision)) {
            sql.append(
                    check.some(
                            "insert or update",
                            "revision " + parent,
                            among(ancestry.withDescendants(parent))));
        }
        return sql.toString();
    }

    private static String among(Collection<String> revisions) {
        return "version_num in (" + list(revisions) + ")";
    }

    private String applied(String revision, List<String> parents) {
        String insertion =
                "insert into "
                        + table
                        + " (version_num) select "
                        + SqlText.literal(revision)
                        + " where not exists (select from "
                        + table
                        + " where version_num = "
                        + SqlText.literal(revision)
                        + ");";
        return parents.isEmpty() ? insertion : moved(revision, parents) + insertion;
    }

    /** One row of the parents that are heads becomes the revision's; the others are deleted. */
    private String moved(String revision, List<String> parents) {
        String among = " where version_num in (" + list(parents) + ")";
        String merge =
                "delete from "
                        + table
                        + among
                        + " and version_num <> (select max(version_num) from "
                        + table
                        + among
                        + ");";
        return (parents.size() > 1 ? merge : "")
                + "update "
                + table
                + " set version_num = "
                + SqlText.literal(revision)
                + among
                + ";";
    }

    /** The parents become heads again, except those that another head descends from. */
    private String reverted(String revision, List<String> parents) {
        String own = "version_num = " + SqlText.literal(revision) + ";";
        boolean only = parents.size() == 1 && ancestry.children(parents.get(0)).size() == 1;
        if (only) {
            return "update " + table + " set version_num = " + list(parents) + " where " + own;
        }
        StringBuilder sql = new StringBuilder("delete from " + table + " where " + own);
        for (String parent : parents) {
            sql.append("insert into ").append(table).append(" (version_num) select ");
            sql.append(SqlText.literal(parent)).append(" where not ");
            sql.append(has(ancestry.withDescendants(parent))).append(';');
        }
        return sql.toString();
    }

    private static String list(Collection<String> revisions) {
        return revisions.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }
}
