package dev.skein.protocol.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DelegatedStepTest {
    private static final String LONGEST = "x".repeat(400);

    private static DelegatedStep step(
            String runner, String migration, Optional<String> before, String file) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(file, "00");
        return new DelegatedStep(
                runner, migration, before, true, Atomicity.ATOMIC, files, "it reads rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--x",
                "-1",
                "/etc/x",
                "../x",
                "a/../b",
                "a/..",
                "..",
                "a\\b",
                "a\nb",
                "a\n",
                "a\u0000b",
                "a\u001bb",
                "a\u007fb",
                "a\u0085b",
                "a\u009bb",
                "",
                " ",
                " a",
                "a "
            })
    void noNameIsAnOptionOrLeadsOutOfTheProject(String name) {
        assertRefused(name);
    }

    @ParameterizedTest
    @ValueSource(ints = 401)
    void noNameIsLongerThanItsBound(int length) {
        assertRefused("x".repeat(length));
    }

    private static void assertRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step("billing", name, Optional.empty(), "a.py"))
                .withMessageContaining("cannot be handed to a runner");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step("billing", "a", Optional.of(name), "a.py"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step("billing", "a", Optional.empty(), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1975ea83b712", "b1@a1", "a..b", "dir/1 a;$(x).js", "…", ".hidden/..a"})
    void whatAFrameworkMayCallAMigrationIsTaken(String name) {
        assertThat(step("billing", name, Optional.of(LONGEST), name).migration()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a b", "a/b", "a.b", "a\n"})
    void runnerIsNamedInLowerCaseLettersDigitsAndDashes(String runner) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step(runner, "a", Optional.empty(), "a.py"))
                .withMessageContaining("is no name of a runner");
    }
}
