package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RolloutJsonLinesTest {
    @Test
    void eachChangeIsOneLineOfJson() {
        StringWriter out = new StringWriter();
        RolloutView lines = RolloutView.json(new PrintWriter(out));
        ObjectNode rollout = (ObjectNode) Samples.of("{ id: r-1, phase: running }");
        lines.show(rollout);
        lines.show(rollout.deepCopy());
        lines.unreachable(URI.create("http://127.0.0.1:1"));
        lines.show(rollout.deepCopy().put("phase", "completed"));
        lines.close();
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"id\":\"r-1\",\"phase\":\"running\"}",
                        "{\"unreachable\":\"http://127.0.0.1:1\"}",
                        "{\"id\":\"r-1\",\"phase\":\"completed\"}");
    }
}
