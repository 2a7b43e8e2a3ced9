package dev.skein.ops.downs;

import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a migration destroyed and no down brings back, in a person's words. */
final class StayLost {
    private StayLost() {}

    static List<String> by(Migration migration, Change change) {
        Catalogue after = change.after().names();
        List<String> losses = new ArrayList<>();
        for (Map.Entry<Identity, Named> gone : change.before().names().goneIn(after).entrySet()) {
            Identity identity = gone.getKey();
            if (identity.kind() == Identity.Kind.TABLE) {
                losses.add(stays("the rows of table " + gone.getValue().shown()));
            } else if (isDroppedAlone(identity, after)) {
                losses.add(stays("the values of column " + gone.getValue().shown()));
            }
        }
        for (String statement : DataStatements.of(migration)) {
            losses.add("rows stay as the migration's " + statement + " left them");
        }
        for (String role : change.roles()) {
            losses.add("role " + role + ", made by the migration, stays on the server");
        }
        return losses;
    }

    private static String stays(String what) {
        return what + ", dropped by the migration, do not come back";
    }

    /** With its table gone too, the table's rows have been told of. */
    private static boolean isDroppedAlone(Identity identity, Catalogue after) {
        return identity.kind() == Identity.Kind.COLUMN
                && after.has(new Identity(Identity.Kind.TABLE, identity.oid(), 0));
    }
}
