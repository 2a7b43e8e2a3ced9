package dev.skein.ops.tidy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The compiled classes of all modules without those of their tests, read once. */
final class MainClasses {
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(
                            place ->
                                    !place.contains("/test-classes/")
                                            && !place.contains("-tests.jar"))
                    .importPackages("dev.skein");

    private MainClasses() {}

    static JavaClasses all() {
        return ALL;
    }
}
