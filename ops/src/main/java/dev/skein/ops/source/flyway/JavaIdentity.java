package dev.skein.ops.source.flyway;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * As which migration Flyway knows a class: what its methods answer, else what its name says, as in
 * BaseJavaMigration, whose prefixes no configuration changes.
 *
 * @param type versioned or repeatable
 */
record JavaIdentity(
        FlywayFileType type,
        Optional<FlywayVersion> version,
        String description,
        Optional<ClassAnswer> checksum,
        boolean inTransaction) {
    private static final String SEPARATOR = "__";
    private static final String OLD = "org/flywaydb/core/api/migration/";
    private static final List<String> OTHER_KINDS = List.of("isUndo", "isBaselineMigration");

    /**
     * @throws IllegalArgumentException if Flyway knows it as nothing that can be delegated, with
     *     the reason
     */
    static JavaIdentity of(ClassFile file, ProjectClasses classes) throws IOException {
        ProjectClasses.ParentChain ancestry = classes.ancestry(file);
        boolean based = ancestry.stranger().equals(FlywayTypes.BASE);
        requireKnownParent(file, ancestry, based);
        for (String kind : OTHER_KINDS) {
            if (classes.answer(file, kind).filter(answer -> !says(answer, "0")).isPresent()) {
                throw new IllegalArgumentException(
                        "it takes migrations back or is a baseline, which Flyway's open edition"
                                + " does not run from Java");
            }
        }
        if (classes.answer(file, "getType").isPresent()
                || classes.answer(file, "getResolvedMigration").isPresent()) {
            throw new IllegalArgumentException("it chooses by code as what Flyway takes it");
        }
        FlywayFileName named = named(file);
        Optional<String> version = constant(file, "getVersion", classes, based);
        Optional<String> description = constant(file, "getDescription", classes, based);
        boolean own = classes.answer(file, "getVersion").isPresent();
        if (own && version.isPresent() && FlywayVersion.parse(version.get()).isEmpty()) {
            throw new IllegalArgumentException("its version is " + version.get());
        }
        if (!own && named.type() == FlywayFileType.OTHER) {
            throw new IllegalArgumentException(
                    "its name is none that Flyway reads: V1__what_it_does or R__what_it_does");
        }
        Optional<FlywayVersion> known =
                own ? version.flatMap(FlywayVersion::parse) : named.version();
        return new JavaIdentity(
                known.isPresent() ? FlywayFileType.VERSIONED : FlywayFileType.REPEATABLE,
                known,
                description.orElse(named.description()),
                checksum(file, classes),
                classes.answer(file, "canExecuteInTransaction")
                        .map(answer -> says(answer, "1"))
                        .orElse(true));
    }

    private static void requireKnownParent(
            ClassFile file, ProjectClasses.ParentChain ancestry, boolean based) {
        if (file.interfaces().stream().anyMatch(JavaIdentity::isOld)
                || isOld(ancestry.stranger()) && !based) {
            throw new IllegalArgumentException(
                    "it is of a kind, such as SpringJdbcMigration, that Flyway runs no more since"
                            + " its version 6");
        }
        if (!based && !ancestry.stranger().equals("java/lang/Object")) {
            throw new IllegalArgumentException(
                    "its parent "
                            + ancestry.stranger().replace('/', '.')
                            + " is not compiled here, so that what it gives as version and checksum"
                            + " is not known");
        }
    }

    private static boolean isOld(String type) {
        return type.startsWith(OLD) && type.substring(OLD.length()).contains("/");
    }

    private static boolean says(Optional<ClassAnswer> answer, String wanted) {
        return answer.flatMap(ClassAnswer::value).filter(wanted::equals).isPresent();
    }

    private static Optional<String> constant(
            ClassFile file, String method, ProjectClasses classes, boolean based)
            throws IOException {
        Optional<Optional<ClassAnswer>> answer = classes.answer(file, method);
        if (answer.isEmpty() && based) {
            return Optional.empty();
        }
        return answer.flatMap(each -> each)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "what its method %s returns is known to its code alone"
                                                .formatted(method)))
                .value();
    }

    /** Present if it is known: a value, or that there is none. */
    private static Optional<ClassAnswer> checksum(ClassFile file, ProjectClasses classes)
            throws IOException {
        return classes.answer(file, "getChecksum")
                .orElse(Optional.of(new ClassAnswer(Optional.empty())));
    }

    /** By its simple name; of type other where that says nothing. */
    private static FlywayFileName named(ClassFile file) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        int end = name.indexOf(SEPARATOR);
        String first = end < 0 ? name : name.substring(0, end);
        String description = end < 0 ? "" : name.substring(end + SEPARATOR.length());
        boolean repeatable = first.equals("R") && end > 0;
        Optional<FlywayVersion> version =
                end > 0 && first.startsWith("V")
                        ? FlywayVersion.parse(first.substring(1))
                        : Optional.empty();
        FlywayFileType type =
                version.isPresent()
                        ? FlywayFileType.VERSIONED
                        : repeatable ? FlywayFileType.REPEATABLE : FlywayFileType.OTHER;
        return new FlywayFileName(
                type, name, Optional.empty(), version, description.replace('_', ' '));
    }
}
