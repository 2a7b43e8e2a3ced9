package dev.skein.ops.source.knex;

import dev.skein.protocol.Labelled;

/** Which of a migration's functions is called. */
enum MigrationFunction implements Labelled {
    UP("up"),
    DOWN("down");

    private final String label;

    MigrationFunction(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
