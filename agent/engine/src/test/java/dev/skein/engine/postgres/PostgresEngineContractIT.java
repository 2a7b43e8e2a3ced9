package dev.skein.engine.postgres;

import dev.skein.engine.EngineContract;
import dev.skein.engine.EngineUnderTest;

final class PostgresEngineContractIT extends EngineContract {
    @Override
    protected EngineUnderTest open() {
        return new PostgresUnderTest();
    }
}
