package dev.skein.engine.postgres.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.CatalogueRow;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    private static final CatalogueScope WHOLE =
            new CatalogueScope(Optional.empty(), Optional.empty(), List.of());
    private static final CatalogueRow TABLE = new CatalogueRow("table public.a", "r");
    private static final CatalogueRow INDEX = new CatalogueRow("index public.i", "on public.a (n)");

    @Test
    void orderOfTheRowsDoesNotMatter() {
        // when
        Fingerprint one = WHOLE.fingerprint(List.of(TABLE, INDEX));
        Fingerprint other = WHOLE.fingerprint(List.of(INDEX, TABLE));
        // then
        assertThat(one).isEqualTo(other);
        assertThat(one.whole()).isEqualTo(other.whole()).hasSize(64);
        assertThat(one.digest("table public.a")).hasValueSatisfying(d -> assertThat(d).hasSize(16));
    }

    @Test
    void changesNameWhatCameWhatWentAndWhatDiffers() {
        // given
        CatalogueRow altered = new CatalogueRow("table public.a", "p");
        CatalogueRow added = new CatalogueRow("view public.v", "select");
        Fingerprint before = WHOLE.fingerprint(List.of(TABLE, INDEX));
        Fingerprint after = WHOLE.fingerprint(List.of(altered, added));
        // when
        List<ObjectChange> changes = Fingerprint.changes(before, after);
        // then
        assertThat(changes)
                .containsExactly(
                        new ObjectChange(
                                "index public.i",
                                before.digest("index public.i"),
                                Optional.empty()),
                        new ObjectChange(
                                "table public.a",
                                before.digest("table public.a"),
                                after.digest("table public.a")),
                        new ObjectChange(
                                "view public.v", Optional.empty(), after.digest("view public.v")));
        assertThat(before.whole()).isNotEqualTo(after.whole());
    }

    @Test
    void schemasOfTenantsCompareWhateverTheirNames() {
        // given
        CatalogueScope plain = scopeOf("t1");
        CatalogueScope quoted = scopeOf("Tenant 2");
        // when
        Fingerprint one =
                plain.fingerprint(
                        List.of(
                                new CatalogueRow(
                                        "column t1.a.t1",
                                        "nextval('t1.s'::regclass), not_t1.x, t1.t1.n")));
        Fingerprint other =
                quoted.fingerprint(
                        List.of(
                                new CatalogueRow(
                                        "column \"Tenant 2\".a.t1",
                                        "nextval('\"Tenant 2\".s'::regclass), not_t1.x,"
                                                + " \"Tenant 2\".t1.n")));
        // then
        assertThat(one).isEqualTo(other);
        assertThat(one.digests()).containsOnlyKeys("column public.a.t1");
    }

    @Test
    void versionTablesAreThoseOfThePlansFramework() {
        // given
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "one",
                        "1.js",
                        Optional.empty(),
                        List.of(),
                        Optional.empty());
        Plan knex = new Plan(Framework.KNEX, Optional.empty(), List.of(migration));
        Plan flyway =
                new Plan(
                        Framework.FLYWAY,
                        Optional.of(new VersionTableName(Optional.of("app"), "history")),
                        List.of(migration));
        Plan sql = new Plan(Framework.SQL, Optional.empty(), List.of(migration));
        // then
        assertThat(CatalogueScope.of(knex, Optional.empty()).versionTables())
                .containsExactly("knex_migrations", "knex_migrations_lock");
        assertThat(CatalogueScope.of(flyway, Optional.of("t1")))
                .isEqualTo(
                        new CatalogueScope(
                                Optional.of("t1"), Optional.of("app"), List.of("history")));
        assertThat(CatalogueScope.of(sql, Optional.empty()).versionTables()).isEmpty();
    }

    private static CatalogueScope scopeOf(String schema) {
        return new CatalogueScope(Optional.of(schema), Optional.empty(), List.of());
    }
}
