package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.record.RecorderFiles;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each driver is told of the protection that the scratch server's address asks for. */
@NeedsTool(Tool.ALEMBIC)
class AlembicTlsIT {
    private static final String TELL =
            """
            import sys
            sys.path.insert(0, sys.argv[1])
            from skein_scratch import Scratch
            scratch = Scratch(dict(host="h", port=1, user="u", database="d", sslmode=sys.argv[2]))
            def shown(value):
                return getattr(value, "verify_mode", value)
            print(scratch.libpq()["sslmode"], "sslrootcert" in scratch.libpq(),
                  shown(scratch.asyncpg()["ssl"]), shown(scratch.pg8000().get("ssl_context")))
            """;

    @ParameterizedTest
    @CsvSource({
        "disable, disable False disable None",
        "prefer, prefer False prefer None",
        "require, require False require 0",
        "verify-ca, verify-ca True 2 2",
        "verify-full, verify-full True 2 2"
    })
    void everyDriverIsToldTheMode(String mode, String told) throws Exception {
        assertThat(told(mode)).isEqualTo(told);
    }

    private static String told(String mode) throws IOException, InterruptedException {
        try (RecorderFiles files =
                RecorderFiles.unpack(
                        "alembic/skein_scratch.py", List.of("alembic/skein_errors.py"))) {
            Path modules = files.main().getParent();
            Process python =
                    new ProcessBuilder(
                                    AlembicCommand.python().toString(),
                                    "-c",
                                    TELL,
                                    modules.toString(),
                                    mode)
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            python.waitFor();
            return said.strip()
                    .replace("VerifyMode.CERT_NONE", "0")
                    .replace("VerifyMode.CERT_REQUIRED", "2");
        }
    }
}
