package dev.skein.ops.sim;

import dev.skein.engine.execution.ProbeResult;
import dev.skein.protocol.event.StepFailure;
import java.util.List;
import java.util.Optional;

/** A statement that no transaction bounds, from its begin to one of its ends. */
final class Statement {
    private final Schema schema;
    private final String word;
    private final String object;
    private boolean idle;

    Statement(Schema schema, String sql) {
        this.schema = schema;
        word = Schema.word(sql);
        object = Schema.object(sql);
    }

    /** Building or dropping an index concurrently leaves it invalid until the end. */
    Optional<StepFailure> begin() {
        schema.requireNothingLater(word + " " + object);
        boolean there = schema.hasIndex(object);
        if (word.equals("index") && there) {
            return Optional.of(refused("42P07", "relation " + object + " already exists"));
        }
        if (word.equals("unindex") && !there) {
            return Optional.of(refused("42704", "index " + object + " does not exist"));
        }
        idle = word.equals("index-unless-there") && there;
        if (!idle && (word.startsWith("index") || word.equals("unindex"))) {
            schema.index(object, false);
        }
        if (SimSql.isOfTwoParts(word)) {
            schema.beginParts(word, object);
        }
        return Optional.empty();
    }

    static StepFailure refused(String state, String message) {
        return new StepFailure("sql-error", Optional.of(state), message, false, List.of());
    }

    void succeed() {
        switch (word) {
            case "index", "index-unless-there" -> {
                if (!idle) {
                    schema.index(object, true);
                }
            }
            case "unindex" -> schema.dropIndex(object);
            case "alter", "drop" -> schema.endParts(word, object);
            default -> schema.run(word + " " + object);
        }
    }

    static ProbeResult created(Schema schema, String object) {
        if (!schema.hasIndex(object)) {
            return ProbeResult.of(ProbeResult.State.NOT_DONE);
        }
        return schema.isValid(object)
                ? ProbeResult.of(ProbeResult.State.DONE)
                : new ProbeResult(ProbeResult.State.REMNANT, List.of(object));
    }

    static ProbeResult dropped(Schema schema, String object) {
        return ProbeResult.of(
                schema.hasIndex(object) ? ProbeResult.State.NOT_DONE : ProbeResult.State.DONE);
    }
}
