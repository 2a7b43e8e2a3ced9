package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.settings.SettingsFile;

/** Answers of the API, as short as YAML lets them be. */
final class Samples {
    private Samples() {}

    static JsonNode of(String yaml) {
        return SettingsFile.parse("sample", yaml);
    }

    /** A rollout whose canary passed and whose second wave has a failure above its budget. */
    static JsonNode paused() {
        return of(
                """
                id: r-1
                plan: { id: 15bc2072adb3ffff, name: billing }
                phase: paused
                detail: 'quiesced, paused by strategy'
                digest: 77aa
                openedBy: ann
                databases: 5
                late: 1
                counts: { pending: 3, failed: 1 }
                waves:
                  - { name: canary, phase: passed, databases: 1, failed: 0, failuresAllowed: 0,
                      counts: {} }
                  - { name: everyone, phase: running, databases: 4, failed: 1, failuresAllowed: 0,
                      overdue: true, notDoneInTime: 3, counts: { pending: 3, failed: 1 } }
                failures:
                  - { database: pg/acme, wave: everyone, state: failed, reason: 'step 1/8: no' }
                failuresTotal: 3
                needsPerson: true
                verbs:
                  - { verb: retry }
                  - { verb: skip, databases: [pg/acme] }
                  - { verb: rollback, all: true }
                  - { verb: pause }
                  - { verb: abort }
                """);
    }
}
