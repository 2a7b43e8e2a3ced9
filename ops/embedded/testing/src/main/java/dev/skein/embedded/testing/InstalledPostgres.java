package dev.skein.embedded.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The PostgreSQL that this machine has from its distribution. */
final class InstalledPostgres {
    /** Where Debian and Ubuntu keep the programs: {@code 15/bin} and so on. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private InstalledPostgres() {}

    /**
     * The directory of the server's programs.
     *
     * @param named the one to take, or empty for the newest of Debian's
     * @throws IllegalStateException in one line, if there is no server
     */
    static Path programs(String named) {
        return named.isEmpty() ? newest(DEBIAN) : holding(Path.of(named));
    }

    private static Path holding(Path programs) {
        if (!isServer(programs)) {
            throw new IllegalStateException(
                    ("-Dskein.postgres.installed=%s holds no initdb and postgres: give the bin"
                                    + " directory of a server.")
                            .formatted(programs));
        }
        return programs;
    }

    static Path newest(Path home) {
        return servers(home)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        ("-Dskein.it=installed is given and there is no PostgreSQL"
                                                        + " below %s: install one, or name its bin"
                                                        + " directory by"
                                                        + " -Dskein.postgres.installed.")
                                                .formatted(home)));
    }

    private static Optional<Path> servers(Path home) {
        try (Stream<Path> versions = Files.list(home)) {
            return versions.filter(each -> each.getFileName().toString().matches("\\d+"))
                    .map(each -> each.resolve("bin"))
                    .filter(InstalledPostgres::isServer)
                    .max(Comparator.comparingInt(InstalledPostgres::major));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static boolean isServer(Path programs) {
        return Files.isExecutable(programs.resolve("initdb"))
                && Files.isExecutable(programs.resolve("postgres"));
    }

    private static int major(Path programs) {
        return Integer.parseInt(programs.getParent().getFileName().toString());
    }
}
