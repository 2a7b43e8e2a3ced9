package dev.skein.agent.config;

import dev.skein.protocol.settings.Settings;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where the names of a server's databases come from: one entry of {@code databases}. */
public sealed interface DatabaseSource {
    /** Labels of every database that this entry gives. */
    SortedMap<String, String> labels();

    /** Answers with the visitor's overload for this kind of entry. */
    <R> R accept(Visitor<R> visitor);

    /** One database, by its name. */
    record Named(String name, SortedMap<String, String> labels) implements DatabaseSource {
        /** Copies the map. */
        public Named {
            labels = ordered(labels);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * The databases that a query names.
     *
     * @param query run in the database of the server's address; gives {@code name} and any columns
     *     {@code label.x}
     */
    record Queried(String query, SortedMap<String, String> labels) implements DatabaseSource {
        /** Copies the map. */
        public Queried {
            labels = ordered(labels);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * The schemas of one database that a query names, each a tenant of its own.
     *
     * @param query run in {@code database}; gives {@code name} and any columns {@code label.x}
     */
    record Schemas(String database, String query, SortedMap<String, String> labels)
            implements DatabaseSource {
        /** Copies the map. */
        public Schemas {
            labels = ordered(labels);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload a kind: a missing case does not compile. */
    interface Visitor<R> {
        /** One database, by its name. */
        R on(Named source);

        /** The databases that a query names. */
        R on(Queried source);

        /** The schemas that a query names. */
        R on(Schemas source);
    }

    /** Reads one entry. */
    static DatabaseSource read(Settings settings) {
        SortedMap<String, String> labels = settings.labels("labels");
        Optional<String> name = settings.optionalText("name");
        Optional<String> query = settings.optionalText("query");
        Optional<String> database = settings.optionalText("database");
        Optional<String> schemas = settings.optionalText("schemas");
        long given = Stream.of(name, query, database, schemas).filter(Optional::isPresent).count();
        if (given == 1 && name.isPresent()) {
            return new Named(name.get(), labels);
        }
        if (given == 1 && query.isPresent()) {
            return new Queried(query.get(), labels);
        }
        if (given == 2 && database.isPresent() && schemas.isPresent()) {
            return new Schemas(database.get(), schemas.get(), labels);
        }
        throw new IllegalArgumentException(
                "needs a name, or a query, or a database with schemas, and no two of them");
    }

    private static SortedMap<String, String> ordered(SortedMap<String, String> labels) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
