package dev.skein.ops.source.flyway;

/**
 * One file of a Flyway location.
 *
 * @param path relative to the location
 */
record FlywayFile(String path, FlywayFileName name) {
    static FlywayFile of(String path) {
        return new FlywayFile(
                path, FlywayFileName.parse(path.substring(path.lastIndexOf('/') + 1)));
    }

    FlywayVersion version() {
        return name.version().orElseThrow();
    }
}
