package dev.skein.engine.postgres.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.VersionChange.Kind;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AlembicVersionTest {
    private static final Migration AA = Graphs.revision("aa");
    private static final Migration BB = Graphs.revision("bb", "aa");
    private static final Migration CC = Graphs.revision("cc", "aa");
    private static final Migration DD = Graphs.revision("dd", "bb", "cc");
    private static final Plan DIAMOND = Graphs.plan(AA, BB, CC, DD);

    private static VersionTable table(Plan plan) {
        return new AlembicVersion(plan, "public", "alembic_version");
    }

    private static String sql(Plan plan, Kind kind, Migration migration) {
        return table(plan)
                .change(Graphs.change(kind, migration))
                .replace("\"public\".\"alembic_version\"", "t");
    }

    private static String guard(Plan plan, Migration migration, boolean applied) {
        return table(plan)
                .guard(new VersionExpectation(migration, applied))
                .replace("\"public\".\"alembic_version\"", "t");
    }

    private static VersionHistory history(String... heads) {
        List<VersionRow> rows =
                Stream.of(heads)
                        .map(
                                head ->
                                        new VersionRow(
                                                Optional.of(head), "", "", Optional.empty(), true))
                        .toList();
        return table(DIAMOND).history(rows).orElseThrow();
    }

    @Test
    void headImpliesAllThatItStandsOn() {
        assertThat(history("dd").applied())
                .extracting(VersionHistory.Applied::key)
                .containsExactly("aa", "bb", "cc", "dd");
        assertThat(history("cc").applied())
                .extracting(VersionHistory.Applied::key)
                .containsExactly("aa", "cc");
    }

    @Test
    void headThatThePlanDoesNotKnowIsToldLast() {
        assertThat(history("zz", "bb").applied())
                .extracting(VersionHistory.Applied::key)
                .containsExactly("aa", "bb", "zz");
    }

    @Test
    void rowOfTheOnlyParentIsMoved() {
        assertThat(sql(Graphs.plan(AA, BB), Kind.APPLIED, BB))
                .startsWith("update t set version_num = 'bb' where version_num in ('aa');");
        assertThat(sql(Graphs.plan(AA, BB), Kind.REVERTED, BB))
                .isEqualTo("update t set version_num = 'aa' where version_num = 'bb';");
    }

    @Test
    void mergeLeavesOneRow() {
        assertThat(sql(DIAMOND, Kind.APPLIED, DD))
                .startsWith(
                        "delete from t where version_num in ('bb', 'cc') and version_num <> (select"
                            + " max(version_num) from t where version_num in ('bb', 'cc'));update t"
                            + " set version_num = 'dd' where version_num in ('bb', 'cc');");
    }

    @Test
    void parentComesBackUnlessAnotherHeadStandsOnIt() {
        assertThat(sql(DIAMOND, Kind.REVERTED, BB))
                .isEqualTo(
                        "delete from t where version_num = 'bb';insert into t (version_num) select"
                                + " 'aa' where not exists (select from t where version_num in"
                                + " ('aa', 'bb', 'cc', 'dd'));");
    }

    @Test
    void parentThatAnotherParentImpliesIsNoHeadOfItsOwn() {
        // given
        Migration dependent = Graphs.revision("ee", "bb", "aa");
        // then
        assertThat(sql(Graphs.plan(AA, BB, dependent), Kind.REVERTED, dependent))
                .isEqualTo("update t set version_num = 'bb' where version_num = 'ee';");
    }

    @Test
    void tableHasNoWordForWhatIsHalfDone() {
        assertThat(Stream.of(Kind.STARTED, Kind.FAILED, Kind.FAILURE_CLEARED, Kind.ABANDONED))
                .allMatch(kind -> sql(DIAMOND, kind, AA).isEmpty());
    }

    @Test
    void guardKeepsWritersOutAndLooksForTheParent() {
        assertThat(guard(Graphs.plan(AA, BB), BB, false))
                .startsWith("lock table t in exclusive mode;")
                .contains("exists (select from t where version_num in (''aa''))");
        assertThat(guard(DIAMOND, BB, false))
                .contains("exists (select from t where version_num in (''aa'', ''bb'', ''cc''")
                .contains("and not exists (select from t where version_num in (''bb'', ''dd''))");
    }

    @Test
    void guardOfARootWantsNoHeadThatMayStandOnIt() {
        assertThat(guard(DIAMOND, AA, false)).contains("not exists (select from t)");
        assertThat(guard(Graphs.plan(AA, Graphs.revision("xx")), AA, false))
                .contains("not exists (select from t where version_num not in (''xx''))");
    }

    @Test
    void guardOfTheWayBackWantsTheHead() {
        assertThat(guard(DIAMOND, DD, true))
                .contains("exists (select from t where version_num in (''dd''))");
    }
}
