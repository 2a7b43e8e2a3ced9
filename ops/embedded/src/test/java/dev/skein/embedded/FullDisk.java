package dev.skein.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JVM of its own that starts Kafka on a small disk, fills the disk, starts Kafka again, and says
 * what came of it; then it makes room and starts once more.
 *
 * <p>The disk exists in a namespace of the process alone (Linux, {@code unshare}), which needs no
 * rights where the kernel lets users have one.
 */
final class FullDisk {
    static final String REFUSED = "refused: ";
    static final String STARTED = "started again";

    private static final int BLOCK = 1 << 16;

    private FullDisk() {}

    public static void main(String[] arguments) throws IOException {
        Path disk = Path.of(arguments[0]);
        KafkaSettings settings = KafkaSettings.keptIn(disk.resolve("kafka"));
        EmbeddedKafka.start(settings).close();
        Path filling = fill(disk);
        try {
            EmbeddedKafka.start(settings).close();
        } catch (EmbeddedFailure refused) {
            System.out.println(REFUSED + refused.getMessage());
        }
        Files.delete(filling);
        EmbeddedKafka.start(settings).close();
        System.out.println(STARTED);
        System.exit(0);
    }

    private static Path fill(Path disk) {
        Path filling = disk.resolve("filling");
        try (OutputStream out = Files.newOutputStream(filling)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            return filling;
        }
    }

    /** Whether this machine lets a process have a disk of its own. */
    static boolean possible() throws InterruptedException {
        try {
            Process tried = new ProcessBuilder(inNamespace("mount -t tmpfs tmpfs /mnt")).start();
            return tried.waitFor() == 0;
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** What it said, without what Kafka logs. */
    static List<String> run(Path disk, int megabytes) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script =
                "mount -t tmpfs -o size=%dm tmpfs '%s' && exec '%s' -cp \"$CLASS_PATH\" %s '%s'"
                        .formatted(megabytes, disk, java, FullDisk.class.getName(), disk);
        ProcessBuilder builder =
                new ProcessBuilder(inNamespace(script))
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                .filter(line -> line.startsWith(REFUSED) || line.equals(STARTED))
                .toList();
    }

    private static List<String> inNamespace(String script) {
        return List.of("unshare", "-rm", "sh", "-c", script);
    }
}
