package dev.skein.ops.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The part of an address after the question mark; parameters without a value are left out. */
final class QueryString {
    private final StringJoiner parts = new StringJoiner("&");

    QueryString with(String name, String value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return this;
    }

    QueryString with(String name, Iterable<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
