package dev.skein.ops.source.alembic;

import dev.skein.ops.source.SqlExcerpt;
import java.util.List;
import java.util.Optional;

/** Says why a script could send other SQL in a tenant's database. */
final class AlembicRepeatability {
    private AlembicRepeatability() {}

    /** The first reason, or empty if there is none. */
    static Optional<String> reason(RecordedScript first, RecordedScript second) {
        return differs(first, second).or(() -> onRows(first)).or(() -> onKeys(first));
    }

    private static Optional<String> differs(RecordedScript first, RecordedScript second) {
        if (second.error().isPresent() && first.error().isEmpty()) {
            return Optional.of("it fails the second time: " + second.error().get());
        }
        List<String> one = texts(first);
        List<String> other = texts(second);
        if (one.equals(other)) {
            return Optional.empty();
        }
        int at = 0;
        while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
            at++;
        }
        return Optional.of(
                "its SQL is not the same twice: first "
                        + SqlExcerpt.difference(at(one, at), at(other, at)));
    }

    private static List<String> texts(RecordedScript script) {
        return script.writes().stream().map(AlembicStatement::sql).toList();
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "nothing";
    }

    private static Optional<String> onRows(RecordedScript script) {
        return script.statements().stream()
                .filter(each -> each.kind() == AlembicStatement.Kind.ROWS)
                .findFirst()
                .map(
                        each ->
                                "its SQL may depend on rows, which a tenant's database has and the"
                                        + " scratch database has not ("
                                        + each.shown()
                                        + ")");
    }

    private static Optional<String> onKeys(RecordedScript script) {
        return script.statements().stream()
                .filter(each -> each.uses().isPresent())
                .findFirst()
                .map(
                        each ->
                                "its SQL holds a key that the database gave out ("
                                        + each.shown()
                                        + ", behind "
                                        + SqlExcerpt.of(each.uses().get())
                                        + ")");
    }
}
