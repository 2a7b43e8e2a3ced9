package dev.skein.ops.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demo's migrations and strategy, laid out in a directory where a person can look at them. */
final class DemoFiles implements AutoCloseable {
    private static final List<String> NAMES =
            List.of(
                    "0001_add_customer_phone",
                    "0002_create_payment",
                    "0003_index_invoice_by_customer",
                    "0004_unique_customer_email",
                    "0005_add_invoice_status",
                    "0006_view_open_invoices",
                    "0007_fill_invoice_due_date",
                    "0008_payments_belong_to_invoices");

    private final Path directory;

    private DemoFiles(Path directory) {
        this.directory = directory;
    }

    static DemoFiles layOut() {
        try {
            DemoFiles files = new DemoFiles(Files.createTempDirectory("skein-demo-"));
            Files.createDirectory(files.migrations());
            for (String name : NAMES) {
                files.copy("migrations/" + name + ".up.sql");
                files.copy("migrations/" + name + ".down.sql");
            }
            files.copy("strategy.yaml");
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("the demo's files cannot be laid out", failure);
        }
    }

    Path migrations() {
        return directory.resolve("migrations");
    }

    Path strategy() {
        return directory.resolve("strategy.yaml");
    }

    static String tenantSql() {
        try (InputStream in = open("tenant.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void copy(String name) throws IOException {
        try (InputStream in = open(name)) {
            Files.copy(in, directory.resolve(name));
        }
    }

    private static InputStream open(String name) {
        return DemoFiles.class.getResourceAsStream("/demo/" + name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
