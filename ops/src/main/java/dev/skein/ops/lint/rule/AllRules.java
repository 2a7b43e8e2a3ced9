package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.RuleBook;
import java.util.List;

/** All rules. */
public final class AllRules {
    private static final RuleBook BOOK =
            new RuleBook(
                    List.of(
                            new CreateIndexNotConcurrently(),
                            new DropIndexNotConcurrently(),
                            new ReindexNotConcurrently(),
                            new ConcurrentlyInTransaction(),
                            new DetachNotConcurrently(),
                            new AttachWithoutCheck(),
                            new ColumnTypeChanged(),
                            new VolatileDefault(),
                            new GeneratedColumn(),
                            new SerialColumn(),
                            new RequiredColumn(),
                            new SetNotNull(),
                            new CheckNotValid(),
                            new ForeignKeyNotValid(),
                            new ForeignKeyWithoutIndex(),
                            new UniqueWithoutIndex(),
                            new PrimaryKeyWithoutIndex(),
                            new ExclusionConstraint(),
                            new ValidateInSameTransaction(),
                            new WorkUnderExclusiveLock(),
                            new RenameColumn(),
                            new RenameTable(),
                            new RenameOther(),
                            new DropColumn(),
                            new DropTable(),
                            new DropCascade(),
                            new JsonColumn(),
                            new EnumValueUsed(),
                            new WholeTableUpdate(),
                            new Truncate(),
                            new VacuumFull(),
                            new DropNotNull(),
                            new DropDefault(),
                            new RefreshNotConcurrently(),
                            new SetTablespace(),
                            new SetLogged(),
                            new ToggleTrigger(),
                            new LockTable(),
                            new CreateExtension(),
                            new RowSecurityWithoutPolicy(),
                            new ReplicaIdentity()));

    private AllRules() {}

    /** In the order in which findings of one statement are told. */
    public static RuleBook book() {
        return BOOK;
    }
}
