package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static Listing<String> listing(String... items) {
        return new Listing<>(
                "letters", List.of(items), each -> each, (each, key) -> each.compareTo(key) > 0);
    }

    private static ObjectNode page(Listing<String> listing, int limit, String cursor) {
        return listing.page(new PageRequest(limit, Optional.ofNullable(cursor)), TextNode::valueOf);
    }

    private static List<String> items(ObjectNode page) {
        List<String> items = new ArrayList<>();
        for (JsonNode each : page.path("items")) {
            items.add(each.asText());
        }
        return items;
    }

    @Test
    void pagesTogetherAreTheList() {
        Listing<String> listing = listing("a", "b", "c", "d", "e");
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            ObjectNode page = page(listing, 2, cursor);
            assertThat(page.path("total").asInt()).isEqualTo(5);
            seen.addAll(items(page));
            cursor = page.has("next") ? page.path("next").asText() : null;
        } while (cursor != null);
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void whatComesAndGoesBetweenPagesMakesNothingAppearTwice() {
        String next = page(listing("b", "d", "f"), 2, null).path("next").asText();
        assertThat(items(page(listing("a", "b", "e", "f"), 2, next))).containsExactly("e", "f");
    }

    @Test
    void theLastPageHasNoCursor() {
        assertThat(page(listing("a", "b"), 2, null).has("next")).isFalse();
        assertThat(page(listing(), 2, null).path("total").asInt()).isZero();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String other = Cursor.encode("digits", "1");
        assertThatThrownBy(() -> page(listing("a"), 2, other))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("was not given by this list");
    }

    @Test
    void whatIsNoCursorIsRefused() {
        assertThatThrownBy(() -> page(listing("a"), 2, "%%")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> page(listing("a"), 2, "")).isInstanceOf(RequestRefused.class);
    }
}
