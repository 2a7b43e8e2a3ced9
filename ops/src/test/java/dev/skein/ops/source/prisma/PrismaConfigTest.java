package dev.skein.ops.source.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrismaConfigTest {
    private static final Path PROJECT = Path.of("project");

    private static PrismaConfig config(String text) {
        return new PrismaConfig(PROJECT, "prisma.config.ts", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ migrations: { path: 'db/changes' } }",
                "{ \"migrations\": { \"path\": \"db/changes\" } }",
                "{ migrations: { seed: `a${f({ x: 1 })}b`, path: `db/changes` } }",
                "{ migrations: { initShadowDb: '{', path: 'db/changes', } }",
                "{ migrations: { path: path.join('db', 'changes') } }",
                "{ migrations: { path: path.resolve(__dirname, \"db\", \"changes\",), } }",
                "{ migrations: { path: join(import.meta.dirname, 'db/changes') } }",
                "// migrations: { path: 'old' },\n{ migrations: { path: 'db/changes' } }",
                "/* migrations: {\n path: 'old' } */ { migrations: { path: 'db/changes' } }",
                "{ url: 'http://x', migrations: { /* 'a' */ path: 'db/changes' // 'b'\n } }",
                "{ schema: 'a', views: { path: 'v' }, migrations: { path: 'db/changes' } }",
            })
    void placeThatIsWrittenOutIsKnown(String text) {
        assertThat(config(text).migrations()).contains(PROJECT.resolve("db/changes"));
        assertThat(config(text).computesMigrations()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ migrations: { path: process.env.MIGRATIONS } }",
                "{ migrations: { path: `${base}/migrations` } }",
                "{ migrations: { path: 'db/' + name } }",
                "{ migrations: { path: path.join(base, 'changes') } }",
                "{ migrations: { path, seed: 'x' } }",
                "{ migrations: settings.migrations }",
                "{ schema: 'a', migrations }",
            })
    void placeThatIsComputedIsNotKnown(String text) {
        assertThat(config(text).migrations()).isEmpty();
        assertThat(config(text).computesMigrations()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ schema: 'prisma' }",
                "{ migrations: { seed: 'node seed.js' }, views: { path: 'v' } }",
                "{ migrations: { seed: 'x' /* path: 'y' */ } }",
                "{ // migrations: { path: name }\n }",
            })
    void fileThatSaysNothingOfThePlaceComputesNone(String text) {
        assertThat(config(text).migrations()).isEmpty();
        assertThat(config(text).computesMigrations()).isFalse();
    }

    @Test
    void schemaIsReadTheSameWay() {
        assertThat(config("{ schema: path.join('db', 'schema.prisma'), }").schema())
                .contains(PROJECT.resolve("db/schema.prisma"));
        assertThat(config("{ // schema: 'a'\n  schema: \"b\" }").schema())
                .contains(PROJECT.resolve("b"));
        assertThat(config("{ schema: place() }").schema()).isEmpty();
    }
}
