package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A role named {@code skein}, which PostgreSQL's search path would lead into the ledger. */
class NamesakeIT {
    private static final String ROLE = "skein";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void tenantsObjectsOfARoleNamedLikeTheLedgersSchemaAreNotPutBesideTheLedger() {
        Tenant tenant = skein.unannounced("a1");
        giveTo(tenant);
        skein.startOrchestrator();
        skein.startAgent(SkeinSystem.AGENT, server(tenant));
        skein.awaitDatabases(1);
        Plan plan =
                skein.migrations()
                        .sql("0001_a", "create table a (id int);", "drop table a;")
                        .sql("0002_b", "create table b (id int);", "drop table b;")
                        .plan();

        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();

        assertThat(
                        tenant.text(
                                "select string_agg(schemaname || '.' || tablename, ' ' order by"
                                    + " tablename) from pg_tables where tablename in ('a', 'b')"))
                .isEqualTo("public.a public.b");
    }

    private static ObjectNode server(Tenant tenant) {
        ObjectNode server = YamlText.tree("name: " + SkeinSystem.SERVER);
        server.put("uri", TestServers.postgres().uri(ROLE, "postgres"));
        server.putArray("databases").addObject().put("name", tenant.database());
        return server;
    }

    private static void giveTo(Tenant tenant) {
        TestPostgres postgres = TestServers.postgres();
        postgres.execute(
                "postgres",
                "do $$ begin if not exists (select from pg_roles where rolname = 'skein') then"
                        + " create role skein login; end if; end $$;");
        postgres.execute(
                "postgres", "alter database %s owner to %s".formatted(tenant.database(), ROLE));
    }
}
