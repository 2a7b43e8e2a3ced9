package dev.skein.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlTargetTest {
    private static Optional<CatalogTarget> target(String sql) {
        return SqlScript.parse("x.sql", sql).statements().get(0).target();
    }

    private static ObjectName name(String name) {
        return new ObjectName(Optional.empty(), name);
    }

    private static ObjectName name(String schema, String name) {
        return new ObjectName(Optional.of(schema), name);
    }

    @Test
    void createdIndexHasTheSchemaOfItsTable() {
        assertThat(target("create unique index concurrently Foo on only S.T using btree (a)"))
                .contains(CatalogTarget.created(name("s", "foo"), name("s", "t"), false));
    }

    @Test
    void createdIndexKeepsItsFlagAndItsQuotedNames() {
        assertThat(target("create index concurrently if not exists \"Fo\"\"o\" on \"T.x\" (a)"))
                .contains(CatalogTarget.created(name("Fo\"o"), name("T.x"), true));
    }

    @Test
    void plainIndexHasItsTargetWhereItHasAName() {
        assertThat(target("create index i on t (a)"))
                .contains(CatalogTarget.created(name("i"), name("t"), false));
        assertThat(target("create index on t (a)")).isEmpty();
    }

    @Test
    void droppedIndexKeepsItsSchemaAndFlag() {
        assertThat(target("drop index concurrently if exists \"S\".I restrict"))
                .contains(CatalogTarget.ofIndex(name("S", "i"), true));
        assertThat(target("drop index concurrently i"))
                .contains(CatalogTarget.ofIndex(name("i"), false));
        assertThat(target("drop index i, j")).isEmpty();
    }

    @Test
    void databasePartOfANameIsDropped() {
        assertThat(target("drop index concurrently d.s.i"))
                .contains(CatalogTarget.ofIndex(name("s", "i"), false));
    }

    @Test
    void reindexNamesAnIndexOrATable() {
        assertThat(target("reindex index concurrently s.i"))
                .contains(CatalogTarget.ofIndex(name("s", "i"), false));
        assertThat(target("reindex (concurrently, verbose) table Name"))
                .contains(CatalogTarget.ofTable(name("name")));
        assertThat(target("reindex schema s")).isEmpty();
    }

    @Test
    void detachedPartitionHasItsParent() {
        assertThat(target("alter table if exists only s.p detach partition c concurrently"))
                .contains(CatalogTarget.detached(name("s", "p"), name("c"), true));
    }

    @Test
    void namesAreCutWhereTheServerCutsThem() {
        String ascii = "a".repeat(70);
        String umlauts = "ä".repeat(40);
        assertThat(target("drop index concurrently " + ascii))
                .contains(CatalogTarget.ofIndex(name("a".repeat(63)), false));
        assertThat(target("drop index concurrently \"" + umlauts + "\""))
                .contains(CatalogTarget.ofIndex(name("ä".repeat(31)), false));
    }

    @Test
    void lettersOutsideOfAsciiKeepTheirCase() {
        assertThat(target("drop index concurrently ÄB"))
                .contains(CatalogTarget.ofIndex(name("Äb"), false));
    }

    @Test
    void shownNameIsQuoted() {
        assertThat(name("S", "a\"b").quoted()).isEqualTo("\"S\".\"a\"\"b\"");
        assertThat(name("a").quoted()).isEqualTo("\"a\"");
    }
}
