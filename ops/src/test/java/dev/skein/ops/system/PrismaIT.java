package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prisma Migrate agrees with Skein, though it knows no way back of its own. */
@NeedsTool(Tool.PRISMA)
class PrismaIT extends FrameworkAgreementContract {
    private static final String INIT = "0_init";
    private static final List<String> NAMES =
            List.of(INIT, "1_city", "2_invoice", "3_own", "4_index", "5_phone");

    private final PrismaHand whole = project(NAMES.size());

    /** Prisma takes no database over that has tables, unless a person says what made them. */
    @Override
    int prepared() {
        return 1;
    }

    @Override
    void prepare(Tenant tenant) {
        whole.baseline(tenant);
    }

    @Override
    Plan plan(int count) {
        return project(count).plan();
    }

    /** As a person who has only these migrations so far: Prisma runs all that it finds. */
    @Override
    String apply(Tenant tenant, int count) {
        return project(count).deploy(tenant).requireDone().output();
    }

    @Override
    void assertSaysApplied(String said, int from, int to) {
        assertThat(said).contains(NAMES.subList(from, to));
        NAMES.subList(1, from).forEach(name -> assertThat(said).doesNotContain(name));
    }

    @Override
    void assertSame(Tenant bySkein, Tenant twin) {
        assertThat(whole.status(bySkein)).isEqualTo(whole.status(twin));
        assertThat(PrismaHand.rows(bySkein)).isEqualTo(PrismaHand.rows(twin));
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(twin));
    }

    @Override
    void assertSameAfterWayBack(Tenant bySkein, Tenant twin) {
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(twin));
        assertThat(live(bySkein)).isEqualTo(live(twin));
    }

    @Override
    void assertUpToDate(Tenant tenant) {
        assertThat(whole.status(tenant).requireDone().output())
                .contains("Database schema is up to date!");
        assertThat(whole.deploy(tenant).requireDone().output())
                .contains("No pending migrations to apply.");
    }

    /** The row stays and says so; Prisma's status counts it as applied, its deploy does not. */
    @Override
    void assertTakenBack(Tenant tenant) {
        assertThat(whole.status(tenant).requireDone().output())
                .contains("Database schema is up to date!");
        assertThat(PrismaHand.rows(tenant).lines().filter(row -> row.contains("rolled-back")))
                .hasSize(2)
                .anyMatch(row -> row.startsWith("4_index "))
                .anyMatch(row -> row.startsWith("5_phone "));
    }

    /** One that never had them is behind, and one that had them says that they are past. */
    @Override
    void assertTakenBackAfterAll(Tenant tenant) {
        boolean had = PrismaHand.rows(tenant).contains("rolled-back");
        String status = whole.status(tenant).output();
        assertThat(status)
                .contains(had ? "Database schema is up to date!" : "have not yet been applied");
        assertThat(status).doesNotContain("failed", "not found locally");
    }

    @Override
    String applied(Tenant tenant) {
        return live(tenant).stream()
                .map(row -> row.substring(0, row.indexOf(' ')))
                .collect(Collectors.joining(" "));
    }

    @Override
    String endOfFirst() {
        return "0_init 1_city 2_invoice 3_own";
    }

    @Override
    String endOfAll() {
        return "3_own 4_index 5_phone";
    }

    /** Prisma has no way back: the twin is the database that never had them. */
    @Override
    Tenant takenBack(Tenant ahead, Tenant behind) {
        return behind;
    }

    @Test
    void p6WhatIsPendingIsSaid() {
        Tenant bySkein = announced("skein");
        Tenant twin = twin("twin");
        skein.start();

        roll(first());

        apply(twin, first());
        assertThat(whole.status(bySkein).exitCode()).isEqualTo(1);
        assertThat(whole.status(bySkein)).isEqualTo(whole.status(twin));
    }

    /** The rows that count: what was rolled back is past. */
    private static List<String> live(Tenant tenant) {
        return PrismaHand.rows(tenant).lines().filter(row -> !row.contains("rolled-back")).toList();
    }

    private PrismaHand project(int count) {
        PrismaHand project = new PrismaHand(skein.directory());
        NAMES.subList(1, count).forEach(name -> write(project, name));
        return project;
    }

    private static void write(PrismaHand project, String name) {
        switch (name) {
            case "1_city" -> project.migration(name, "alter table customer add city text;\r\n");
            case "2_invoice" ->
                    project.migration(
                            name,
                            "create table invoice (id int primary key);\n-- \u00fcml\u00e4ut");
            case "3_own" ->
                    project.migration(
                            name,
                            "begin;\nalter table invoice add total int;\ncommit;",
                            "alter table invoice drop total;");
            case "4_index" ->
                    project.migration(
                            name,
                            "create index concurrently by_city on customer (city);",
                            "drop index concurrently by_city;");
            case "5_phone" ->
                    project.migration(
                            name,
                            "alter table customer add phone text; update customer set phone = '1';",
                            "alter table customer drop phone;");
            default -> throw new IllegalArgumentException(name);
        }
    }
}
