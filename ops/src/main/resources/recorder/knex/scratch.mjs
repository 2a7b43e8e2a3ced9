// The scratch database that is migrated, and copies of it for what cannot be taken back.

import { driver } from './driver.mjs';

const SEQUENCES =
  "select format('%I.%I', schemaname, sequencename) as name, start_value::text as start," +
  ' last_value::text as last from pg_sequences';
const ROLES =
  'select rolname as name, rolcanlogin as login, rolcreaterole as createrole, rolcreatedb as createdb,' +
  ' rolinherit as inherit, rolbypassrls as bypassrls from pg_roles';
const STATE = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";

function quoted(name) {
  return '"' + name.replaceAll('"', '""') + '"';
}

export class Scratch {
  constructor(knex, instructions) {
    this.knex = knex;
    this.instructions = instructions;
    this.kept = null;
    driver.address = instructions.address;
    driver.database = instructions.database;
  }

  /** Runs statements of the recorder's own, on a connection of their own. */
  async own(database, act) {
    const { database: before, run } = driver;
    const stays = database === this.instructions.database;
    driver.database = database;
    driver.run = null;
    let client = stays ? this.kept : null;
    try {
      client ??= await this.#connected();
    } finally {
      driver.database = before;
    }
    // To connect anew for each migration would take longer than most of them.
    this.kept = stays ? client : this.kept;
    try {
      return await act((sql, values) => client.query(sql, values));
    } finally {
      driver.run = run;
      if (!stays) {
        await client.end();
      }
    }
  }

  async #connected() {
    const { Client } = this.knex.client.driver;
    const client = new Client({});
    client.on('error', () => {
      // Its database is copied, and it was in the way.
    });
    await client.connect();
    return client;
  }

  /** Calls `act`, of which a rollback takes back all but the sequences; they are set back here. */
  async keepingSequences(act) {
    const { database } = this.instructions;
    const before = await this.own(database, (query) => query(SEQUENCES));
    const result = await act();
    await this.own(database, async (query) => {
      const after = await query(SEQUENCES);
      const now = new Map(after.rows.map((row) => [row.name, row.last]));
      for (const { name, start, last } of before.rows) {
        if (now.has(name) && now.get(name) !== last) {
          await query('select setval($1::text::regclass, $2, $3)', [name, last ?? start, last !== null]);
        }
      }
    });
    return result;
  }

  /** Calls `act` with every connection led to a copy of the database, which is dropped then. */
  async onCopy(act) {
    const { database, copy, maintenance } = this.instructions;
    let roles = null;
    await this.own(maintenance, async (query) => {
      roles = (await query(ROLES)).rows;
      await this.disconnect(query, database);
      await query(`drop database if exists ${quoted(copy)} with (force)`);
      await query(`create database ${quoted(copy)} template ${quoted(database)}`);
    });
    driver.database = copy;
    this.knex.initialize();
    let run = null;
    try {
      run = await act();
      return run;
    } finally {
      await this.own(maintenance, async (query) => {
        await this.disconnect(query, copy);
        await query(`drop database if exists ${quoted(copy)} with (force)`);
        await this.putBack(query, roles, run?.entries ?? []);
      });
      driver.database = database;
      this.knex.initialize();
    }
  }

  /** Roles belong to the server: what a run did to them on a copy is undone here. */
  async putBack(query, before, entries) {
    const about = entries.map((each) => each.sql.toLowerCase()).filter((sql) => /\b(role|user|group)\b/.test(sql));
    const named = ({ name }) => about.some((sql) => sql.includes(name.toLowerCase()));
    if (about.length === 0) {
      return;
    }
    const after = (await query(ROLES)).rows;
    const without = (some, others) => some.filter(({ name }) => !others.some((each) => each.name === name));
    for (const { name } of without(after, before).filter(named)) {
      await query(`drop role ${quoted(name)}`);
    }
    for (const { name, ...can } of without(before, after).filter(named)) {
      const options = Object.entries(can).map(([option, has]) => (has ? '' : 'no') + option);
      await query(`create role ${quoted(name)} ${options.join(' ')}`);
    }
  }

  async disconnect(query, database) {
    this.kept = null;
    // The server's end comes first: a transaction that nobody ends would hold the pool for ever.
    await query(STATE, [database]);
    await this.knex.destroy();
    await query(STATE, [database]);
  }

  /** Makes what must be there before Knex can begin, and Knex's own tables. */
  async prepare({ name, schema }, searchPath) {
    const { database } = this.instructions;
    await this.own(database, async (query) => {
      if (schema) {
        await query(`create schema if not exists ${quoted(schema)}`);
      }
      const path = [searchPath ?? []].flat(2).map((each) => String(each).replaceAll('"', ''));
      const names = path.flatMap((each) => each.split(',')).map((each) => each.trim());
      const wanted = names.filter((each) => each !== '' && each !== '$user');
      const there = await query('select nspname from pg_namespace where nspname = any($1)', [wanted]);
      if (wanted.length > 0 && there.rows.length === 0) {
        await query(`create schema ${quoted(wanted[0])}`);
      }
    });
    await this.knex.migrate.list();
    this.table = (schema ? quoted(schema) + '.' : '') + quoted(name);
    this.tableSchema = schema ?? [searchPath ?? []].flat(2)[0] ?? null;
  }

  /** Notes a migration as applied, as Knex does, since migrations may look. */
  async recordApplied(name) {
    await this.own(this.instructions.database, async (query) => {
      if (this.tableSchema) {
        await query("select set_config('search_path', $1, false)", [quoted(this.tableSchema)]);
      }
      const insert = `insert into ${this.table} (name, batch, migration_time) values ($1, 1, now())`;
      await query(insert, [name]).catch(() => {
        // A migration has changed Knex's own table: nothing that is recorded depends on the row.
      });
    });
  }
}
