package dev.skein.ops.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlywayFileNameTest {
    private final ResourceNameParser flyway = new ResourceNameParser(new FluentConfiguration());

    @ParameterizedTest
    @CsvSource({
        "V1__create_users.sql, VERSIONED, 1, create users",
        "V1_2__x.sql, VERSIONED, 1.2, x",
        "V001__y__z.SQL, VERSIONED, 001, y  z",
        "V1.sql, VERSIONED, 1, ''",
        "V1__.sql, VERSIONED, 1, ''",
        "V1___x.sql, VERSIONED, 1, ' x'",
        "V1_2.sql, VERSIONED, 1.2, ''",
        "V2.0__größe_ß.sql, VERSIONED, 2.0, größe ß",
        "R__b.sql, REPEATABLE, , b",
        "R__.sql, REPEATABLE, , ''",
        "R.sql, REPEATABLE, , ''",
        "B3__base.sql, BASELINE, 3, base",
    })
    void nameIsReadAsFlywayReadsIt(
            String file, FlywayFileType type, String version, String description) {
        FlywayFileName name = FlywayFileName.parse(file, FlywayNaming.DEFAULT);
        ResourceName expected = flyway.parse(file);

        assertThat(name.type()).isEqualTo(type);
        assertThat(name.version().map(FlywayVersion::text).orElse(null)).isEqualTo(version);
        assertThat(name.description()).isEqualTo(description);
        assertThat(expected.isValid()).as("valid for Flyway").isTrue();
        assertThat(expected.getDescription()).isEqualTo(description);
        assertThat(expected.getVersion() == null ? null : expected.getVersion().getVersion())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "V7_add_email.sql, MALFORMED",
        "V1.a__x.sql, MALFORMED",
        "V__x.sql, MALFORMED",
        "V1_.sql, MALFORMED",
        "R1__x.sql, MALFORMED",
        "R_x.sql, MALFORMED",
        "v1__x.sql, MALFORMED",
        "r__x.sql, MALFORMED",
        "Views.sql, OTHER",
        "Readme.sql, OTHER",
        "V.sql, OTHER",
        ".sql, OTHER",
        "seed.sql, OTHER",
        "beforehand.sql, OTHER",
    })
    void fileThatFlywayPassesOverIsNoMigration(String file, FlywayFileType type) {
        assertThat(FlywayFileName.parse(file, FlywayNaming.DEFAULT).type()).isEqualTo(type);
        assertThat(flyway.parse(file).isValid()).as("valid for Flyway").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "U1__x.sql, UNDO",
        "V1__x.sql.conf, SCRIPT_SETTINGS",
        "R__x.sql.conf, SCRIPT_SETTINGS",
        "flyway.conf, OTHER",
        "seed.sql.conf, OTHER",
        "V1__x.java, JAVA",
        "V1_2_X.java, JAVA",
        "V1_2_x.sh, OTHER",
        "R__x.class, JAVA",
        "Views.java, OTHER",
        "V1__x.sh, PROGRAM",
        "V1__x.PY, PROGRAM",
        "afterMigrate.ps1, PROGRAM",
        "run.sh, OTHER",
        "V1__x.sql.bak, OTHER",
        "V1__x.txt, OTHER",
    })
    void fileOfAnotherKindIsRecognised(String file, FlywayFileType type) {
        assertThat(FlywayFileName.parse(file, FlywayNaming.DEFAULT).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void everyCallbackOfFlywayIsRecognised(Event event) {
        FlywayFileName plain = FlywayFileName.parse(event.getId() + ".sql", FlywayNaming.DEFAULT);
        FlywayFileName described =
                FlywayFileName.parse(event.getId() + "__why_not.SQL", FlywayNaming.DEFAULT);
        assertThat(plain.type()).isEqualTo(FlywayFileType.CALLBACK);
        assertThat(described.type()).isEqualTo(FlywayFileType.CALLBACK);
        assertThat(described.event().map(FlywayEvent::id)).contains(event.getId());
        assertThat(described.description()).isEqualTo("why not");
    }
}
