// Runs one direction of one migration and notes what it sends.

import { driver, SandboxLeft } from './driver.mjs';
import { described } from './project.mjs';
import { noting } from './surroundings.mjs';
import { setsSomething } from './text.mjs';

const IDLE_TURNS = 3;

class TakenBack extends Error {}

/** What one call of `up` or `down` has sent. */
class Run {
  constructor(sandbox, falsify) {
    this.sandbox = sandbox;
    this.falsify = falsify;
    this.entries = [];
    this.pending = 0;
    this.left = false;
    this.session = null;
    this.variables = new Set();
  }

  add(client, entry) {
    this.session ??= client.skeinSetup;
    this.entries.push(entry);
  }
}

export class Runs {
  constructor(project, scratch, troubles) {
    this.knex = project.knex;
    this.scratch = scratch;
    this.troubles = troubles;
  }

  /** For good: the database is changed. */
  async keep(migration, direction) {
    const run = await this.#run(migration, direction, new Run(false, null));
    if (run.entries.some((entry) => setsSomething(entry.sql))) {
      // An agent gives each migration a session as it should be, and so does this.
      await this.knex.destroy();
      this.knex.initialize();
    }
    return run;
  }

  /** The same without a trace in the database. */
  async tryOut(migration, direction, falsify = null) {
    if (migration.transactional) {
      const run = await this.scratch.keepingSequences(() =>
        this.#run(migration, direction, new Run(true, falsify)),
      );
      if (!run.left) {
        return run;
      }
    }
    return this.scratch.onCopy(() => this.#run(migration, direction, new Run(false, falsify)));
  }

  async #run(migration, direction, run) {
    driver.run = run;
    try {
      await noting(run.variables, () => this.troubles.orFailure(() => this.#call(migration, direction, run)));
      await this.#idle(run);
    } catch (error) {
      run.error = described(error);
      // What it has begun and does not wait for fails now, and is no failure of the next run.
      await this.#idle(run);
    } finally {
      driver.run = null;
    }
    return run;
  }

  async #call({ content, name, transactional }, direction, run) {
    const act = (knex) => {
      const promise = content[direction](knex, Promise);
      const isPromise = typeof promise?.then === 'function';
      run.promised = isPromise;
      return promise;
    };
    if (!transactional) {
      await act(this.knex);
      return;
    }
    try {
      await this.knex.transaction(async (trx) => {
        try {
          await act(trx);
          await this.#idle(run);
        } catch (error) {
          // What takes the transaction back now is Knex's own, and the sandbox wants just that.
          if (run.sandbox) {
            this.#leave(run);
          }
          throw error;
        }
        if (run.sandbox) {
          this.#seal(run);
          throw new TakenBack(name);
        }
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) {
        throw error;
      }
    }
  }

  /** In a sandbox the transaction is never committed; the recording shall say that it was. */
  #seal(run) {
    const connection = run.entries[0]?.connection ?? 0;
    run.entries.push({ connection, sql: 'COMMIT;', question: null, kept: true, failed: false });
    this.#leave(run);
  }

  #leave(run) {
    run.sandbox = false;
    driver.run = null;
  }

  /** Queries that nobody waits for are waited for here. */
  async #idle(run) {
    for (let turn = 0; turn < IDLE_TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (run.pending > 0) {
        turn = -1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}

export { SandboxLeft };
