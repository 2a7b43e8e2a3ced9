package dev.skein.orchestrator.http;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many items at most
 * @param cursor where the page before ended
 */
record PageRequest(int limit, Optional<String> cursor) {
    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 1000;

    static PageRequest of(QueryParameters query) {
        return new PageRequest(limit(query), query.one(CURSOR));
    }

    static int limit(QueryParameters query) {
        return query.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
    }
}
