package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiIT {
    private final HttpFixture api = new HttpFixture();
    private final OpenApiDocument document = OpenApiDocument.read();

    @AfterEach
    void close() {
        api.close();
    }

    private static String documented(String path) {
        return path.replaceAll(":([a-z]+)", "{$1}");
    }

    @Test
    void whatIsDocumentedIsRoutedAndWhatIsRoutedIsDocumented() {
        SortedSet<String> routed = new TreeSet<>();
        for (Endpoint each : api.endpoints()) {
            routed.add(each.method() + " " + documented(each.path()));
        }
        assertThat(document.operations()).isEqualTo(routed);
    }

    @Test
    void pathParametersAreDocumented() {
        for (Endpoint each : api.endpoints()) {
            SortedSet<String> inPath = new TreeSet<>();
            Arrays.stream(each.path().split("/"))
                    .filter(part -> part.startsWith(":"))
                    .forEach(part -> inPath.add(part.substring(1)));
            assertThat(document.parameters(each.method().name(), documented(each.path()), "path"))
                    .as(each.path())
                    .isEqualTo(inPath);
        }
    }

    /** A parameter that is not known is refused by naming those that are. */
    @Test
    void queryParametersAreDocumented() {
        for (Endpoint each : api.endpoints()) {
            if (each.path().startsWith(Api.BASE)) {
                HttpResponse<Buffer> refused =
                        api.raw(each.method(), each.path().replace(":", "") + "?other=1");
                assertThat(refused.statusCode()).as(each.path()).isEqualTo(400);
                String known =
                        HttpFixture.json(refused)
                                .path("detail")
                                .asText()
                                .replaceAll(".*here; (.*) (are|is)$", "$1");
                SortedSet<String> names = new TreeSet<>(Arrays.asList(known.split(", ")));
                names.remove("none");
                assertThat(names)
                        .as(each.path())
                        .isEqualTo(
                                document.parameters(
                                        each.method().name(), documented(each.path()), "query"));
            }
        }
    }

    @Test
    void onlyWhatNeedsNoTokenIsDocumentedWithoutSecurity() {
        for (Endpoint each : api.endpoints()) {
            String method = each.method().name().toLowerCase(Locale.ROOT);
            assertThat(document.operation(method, documented(each.path())).has("security"))
                    .as(each.path())
                    .isEqualTo(each.open());
        }
    }

    @Test
    void theDocumentIsServed() {
        HttpResponse<Buffer> served = api.raw(HttpMethod.GET, "/openapi.yaml");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.getHeader("Content-Type")).isEqualTo("application/yaml");
        assertThat(served.bodyAsString()).startsWith("openapi: 3.1.0");
    }
}
