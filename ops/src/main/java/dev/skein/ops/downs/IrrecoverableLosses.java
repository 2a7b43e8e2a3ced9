package dev.skein.ops.downs;

import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The data that a migration destroyed and no down brings back, as sentences for people. */
final class IrrecoverableLosses {
    private IrrecoverableLosses() {}

    static List<String> by(Migration migration, MigrationEffect change) {
        CatalogueNames after = change.after().names();
        List<String> losses = new ArrayList<>();
        for (Map.Entry<ObjectIdentity, CatalogueName> gone :
                change.before().names().goneIn(after).entrySet()) {
            ObjectIdentity identity = gone.getKey();
            if (identity.kind() == ObjectIdentity.Kind.TABLE) {
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

    /** If its table is gone too, the loss of the rows includes it. */
    private static boolean isDroppedAlone(ObjectIdentity identity, CatalogueNames after) {
        return identity.kind() == ObjectIdentity.Kind.COLUMN
                && after.has(new ObjectIdentity(ObjectIdentity.Kind.TABLE, identity.oid(), 0));
    }
}
