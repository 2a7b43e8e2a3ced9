package dev.skein.flyway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The address that PostgreSQL's JDBC driver takes, of the variables that libpq reads. */
final class JdbcAddress {
    private static final Map<String, String> PARAMETERS = new LinkedHashMap<>();

    static {
        PARAMETERS.put("PGAPPNAME", "ApplicationName");
        PARAMETERS.put("PGOPTIONS", "options");
        PARAMETERS.put("PGSSLMODE", "sslmode");
        PARAMETERS.put("PGSSLROOTCERT", "sslrootcert");
    }

    private JdbcAddress() {}

    static String of(Map<String, String> environment) {
        String host = environment.getOrDefault("PGHOST", "localhost");
        String parameters =
                PARAMETERS.entrySet().stream()
                        .filter(each -> !environment.getOrDefault(each.getKey(), "").isEmpty())
                        .map(each -> each.getValue() + "=" + in(environment, each.getKey()))
                        .collect(Collectors.joining("&"));
        return "jdbc:postgresql://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + environment.getOrDefault("PGPORT", "5432")
                + "/"
                + in(environment, "PGDATABASE")
                + "?"
                + parameters;
    }

    private static String in(Map<String, String> environment, String name) {
        return URLEncoder.encode(environment.getOrDefault(name, ""), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
