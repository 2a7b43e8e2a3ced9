package dev.skein.embedded.testing;

import java.util.function.BooleanSupplier;

/** The choice of a provider, which is made here and nowhere else. */
final class ServerProviders {
    private ServerProviders() {}

    /**
     * The provider that the properties ask for.
     *
     * @param servers {@code skein.it}: {@code embedded}, {@code installed}, {@code containers}, or
     *     null or blank for embedded
     * @param postgres {@code skein.postgres}: the major version of PostgreSQL in containers, or
     *     null or blank for that of the embedded one
     * @param installed {@code skein.postgres.installed}: where the programs of this machine's
     *     PostgreSQL are, or null or blank for the newest where Debian has them
     * @param engineAnswers whether a container engine is there; asked only if one is needed
     * @throws IllegalStateException in one line, if that is not to be had: never another provider
     *     than the one asked for
     */
    static ServerProvider of(
            String servers, String postgres, String installed, BooleanSupplier engineAnswers) {
        switch (orElse(servers, "embedded")) {
            case "embedded":
                return embedded(orElse(postgres, ""));
            case "installed":
                return EmbeddedServers.installed(InstalledPostgres.programs(orElse(installed, "")));
            case "containers":
                return containers(major(postgres), engineAnswers);
            default:
                throw new IllegalStateException(
                        "-Dskein.it=%s is unknown: give embedded, installed or containers."
                                .formatted(servers));
        }
    }

    private static ServerProvider embedded(String postgres) {
        if (!postgres.isEmpty()) {
            throw new IllegalStateException(
                    ("-Dskein.postgres=%s chooses a container: give -Dskein.it=containers with it,"
                                    + " or the embedded server's version as"
                                    + " -Dpostgres-binaries.version.")
                            .formatted(postgres));
        }
        return EmbeddedServers.bundled();
    }

    private static ServerProvider containers(int major, BooleanSupplier engineAnswers) {
        if (!engineAnswers.getAsBoolean()) {
            throw new IllegalStateException(
                    "-Dskein.it=containers is given and no container engine answers: start one,"
                            + " name it by DOCKER_HOST, or leave the property out for embedded"
                            + " servers.");
        }
        return new ContainerServers(major);
    }

    private static int major(String postgres) {
        String wanted = orElse(postgres, Integer.toString(ContainerServers.POSTGRES_DEFAULT));
        for (int major = ContainerServers.POSTGRES_MIN;
                major <= ContainerServers.POSTGRES_MAX;
                major++) {
            if (wanted.equals(Integer.toString(major))) {
                return major;
            }
        }
        throw new IllegalStateException(
                "-Dskein.postgres=%s is no version to test with: give a major version, %d to %d."
                        .formatted(
                                postgres,
                                ContainerServers.POSTGRES_MIN,
                                ContainerServers.POSTGRES_MAX));
    }

    private static String orElse(String value, String other) {
        return value == null || value.isBlank() ? other : value.strip();
    }
}
