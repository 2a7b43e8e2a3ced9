package dev.skein.ops.source.knex;

import dev.skein.ops.source.ConnectionOptions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Says what of a knexfile has no effect on a plan and may be missed. */
final class KnexRemarks {
    private static final String HOOK =
            "has no effect: a plan has no place for it; put what it does into the migrations";

    private static final Map<String, String> EFFECTS =
            Map.of(
                    "disableMigrationsListValidation",
                    "has no effect: Knex would go on where the file of an applied migration is"
                            + " gone, and Skein refuses such a database by name; --leave-out NAME"
                            + " takes it as it is",
                    "beforeAll",
                    HOOK,
                    "beforeEach",
                    HOOK,
                    "afterEach",
                    HOOK,
                    "afterAll",
                    HOOK);

    private KnexRemarks() {}

    static void make(KnexProject project, ProjectFileNames names, Consumer<String> notes) {
        String file = project.knexfile().map(names::of).orElse("knexfile");
        ConnectionOptions.in(project.connectionOptions()).stream()
                .map(each -> ConnectionOptions.remark(file, each))
                .forEach(notes);
        project.settings().stream()
                .sorted()
                .forEach(
                        setting ->
                                Optional.ofNullable(EFFECTS.get(setting))
                                        .ifPresent(
                                                effect ->
                                                        notes.accept(
                                                                file
                                                                        + ": migrations."
                                                                        + setting
                                                                        + " "
                                                                        + effect)));
    }
}
