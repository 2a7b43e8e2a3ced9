package dev.skein.ops.source.alembic;

import dev.skein.embedded.testing.TestServers;
import dev.skein.engine.ServerUri;
import dev.skein.ops.scratch.ScratchAddress;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.AlembicCommand;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

/** Recordings on the tests' own server, and values of all kinds. */
final class AlembicRuns {
    static final String VALUES =
            """
            values = op.create_table("v",
                sa.Column("i", sa.BigInteger), sa.Column("n", sa.Numeric(20, 5)),
                sa.Column("t", sa.Text), sa.Column("b", sa.Boolean), sa.Column("x", sa.LargeBinary),
                sa.Column("d", sa.DateTime(timezone=True)), sa.Column("j", postgresql.JSONB),
                sa.Column("l", postgresql.ARRAY(sa.Text)), sa.Column("u", postgresql.UUID),
                sa.Column("e", sa.Interval), sa.Column("z", sa.Text))
            zone = datetime.timezone.utc
            op.bulk_insert(values, [dict(
                i=-5, n=decimal.Decimal("-1.50"), t="it's 100% \\\\ :no $1 %s", b=True, x=b"\\x00'",
                d=datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=zone), j={"k": ["'", None, 1.5]},
                l=["a", "b,c"], u=str(uuid.UUID(int=7)), e=datetime.timedelta(days=1, seconds=2),
                z=None)])
            op.get_bind().execute(sa.text("update v set z = :z where i = :i"), dict(z="%", i=-5))
            """;

    static final String VALUES_QUERY = "select v::text from v";
    static final String VALUES_FOUND =
            "(-5,-1.50000,\"it's 100% \\\\ :no $1 %s\",t,\"\\\\x0027\",\"2020-01-02 03:04:05+00\","
                    + "\"{\"\"k\"\": [\"\"'\"\", null, 1.5]}\",\"{a,\"\"b,c\"\"}\","
                    + "00000000-0000-0000-0000-000000000007,\"1 day 00:00:02\",%)";

    private AlembicRuns() {}

    /** With the tests' Alembic and on the tests' server. */
    static SourceSettings settings(String... accepted) {
        String uri = TestServers.postgres().uri("postgres");
        return SourceSettings.defaults()
                .withRecording(
                        new Recording(
                                Optional.of(AlembicCommand.python().toString()),
                                Optional.empty(),
                                Set.of(accepted),
                                Optional.of(
                                        new ScratchAddress(
                                                ServerUri.parse(uri), Optional.empty()))));
    }

    /** The one value that a query gives. */
    static String value(String database, String query) {
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(query + " failed", failure);
        }
    }
}
