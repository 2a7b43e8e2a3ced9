// Runs a project's Knex migrations on a scratch database and writes down what they send to it.
//
//   node knex_recorder.mjs INSTRUCTIONS
//
// INSTRUCTIONS is a JSON file; the result goes to the file that it names, a JSON value a line, since
// migrations write to the standard streams as they like.

import { appendFileSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { driver } from './knex/driver.mjs';
import { Imports } from './knex/imports.mjs';
import { described, openProject, Trouble } from './knex/project.mjs';
import { Runs } from './knex/runs.mjs';
import { Scratch } from './knex/scratch.mjs';
import { lacking, noting, readBy, shiftClock, watchEnvironment } from './knex/surroundings.mjs';
import { Troubles } from './knex/troubles.mjs';

// Settings of migrations by which Knex would do something else.
const UNHONOURED = [
  'disableMigrationsListValidation',
  'beforeAll',
  'beforeEach',
  'afterEach',
  'afterAll',
];
const FALSEHOODS = ['none', 'other'];

const instructions = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const troubles = new Troubles();

function say(type, value) {
  appendFileSync(instructions.output, JSON.stringify({ type, ...value }) + '\n');
}

function statement(entry) {
  const { connection, sql, failed, copies } = entry;
  return { connection, sql, failed, copies: copies === true };
}

function runLine(migration, direction, run, trial) {
  const variables = new Set([...migration.variables, ...run.variables]);
  const asks = run.entries.filter((entry) => !entry.kept);
  say('run', {
    name: migration.name,
    direction,
    trial,
    transactional: migration.transactional,
    statements: run.entries.filter((entry) => entry.kept).map(statement),
    session: run.session ?? [],
    rows: asks.filter((entry) => !entry.question.catalogue).map((entry) => entry.sql),
    catalogue: asks.filter((entry) => entry.question.catalogue).length,
    answered: run.entries.some((entry) => entry.answered),
    variables: [...variables].sort(),
    promised: run.promised !== false,
    error: run.error ? { ...run.error, lacking: lacking(variables) } : null,
  });
}

async function listed({ knex, typescript }) {
  const { config } = knex.migrate;
  const source = config.migrationSource;
  let all;
  try {
    all = await source.getMigrations(config.loadExtensions);
  } catch (error) {
    throw new Trouble('list', described(error));
  }
  const migrations = [];
  for (const each of all) {
    const name = source.getMigrationName(each);
    const inFile = typeof each?.file === 'string' && typeof each?.directory === 'string';
    const file = inFile ? resolve(each.directory, each.file) : null;
    if (file !== null) {
      await typescript.useFor(file);
    }
    migrations.push({ name, file, variables: new Set(), load: () => source.getMigration(each) });
  }
  return migrations;
}

async function loadAll(migrations, { knex, typescript }) {
  const { disableTransactions } = knex.migrate.config;
  const cache = createRequire(join(process.cwd(), 'package.json')).cache;
  for (const migration of migrations) {
    await noting(migration.variables, () => load(migration, typescript));
    if (migration.file !== null) {
      readBy(real(migration.file), cache).forEach((name) => migration.variables.add(name));
    }
    const wanted = migration.content?.config?.transaction;
    migration.transactional = typeof wanted === 'boolean' ? wanted : !disableTransactions;
  }
}

/** What a run by Knex itself would be made of. */
function sayLoaded(migrations, { knexfile, knex }) {
  const { cache } = createRequire(join(process.cwd(), 'package.json'));
  const imports = new Imports(process.cwd(), cache);
  for (const { name, file, transactional } of migrations) {
    say('loaded', {
      name,
      // Otherwise Knex writes its row outside of the migration's transaction.
      whole: transactional && !knex.migrate.config.disableTransactions,
      files: file === null ? [] : imports.of(file, knexfile),
    });
  }
}

async function load(migration, typescript) {
  try {
    migration.content = await troubles.orFailure(migration.load);
  } catch (error) {
    if (migration.file !== null && (await typescript.mayHelp(error, migration.file))) {
      await load(migration, typescript);
      return;
    }
    migration.failed = true;
    say('unloaded', {
      name: migration.name,
      lacking: lacking(migration.variables),
      ...described(error),
    });
    return;
  }
  const { content } = migration;
  if (typeof content?.up !== 'function' && typeof content?.default?.up === 'function') {
    migration.content = content.default;
  }
  if (typeof migration.content?.up !== 'function') {
    migration.failed = true;
    say('unloaded', { name: migration.name, message: 'it exports no function up', code: null, module: null });
  }
}

function real(file) {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function record(migration, runs, scratch) {
  const { name } = migration;
  await trials(migration, 'up', runs);
  say('progress', { name, direction: 'up' });
  const up = await runs.keep(migration, 'up');
  runLine(migration, 'up', up, null);
  if (up.error) {
    return false;
  }
  await scratch.recordApplied(name);
  if (typeof migration.content.down !== 'function') {
    return true;
  }
  await trials(migration, 'down', runs);
  say('progress', { name, direction: 'down' });
  runLine(migration, 'down', await runs.tryOut(migration, 'down'), null);
  return true;
}

async function trials(migration, direction, runs) {
  if (!instructions.trials[direction].includes(migration.name)) {
    return;
  }
  for (const falsify of FALSEHOODS) {
    say('progress', { name: migration.name, direction });
    runLine(migration, direction, await runs.tryOut(migration, direction, falsify), falsify);
  }
}

async function main() {
  troubles.watch();
  watchEnvironment();
  if (instructions.clockAhead > 0) {
    shiftClock(instructions.clockAhead);
  }
  driver.address = instructions.address;
  driver.database = instructions.database;
  const project = await openProject(instructions);
  const all = await listed(project);
  const isLeftOut = ({ name }) => instructions.leftOut.includes(name);
  const migrations = all.filter((each) => !isLeftOut(each));
  say('project', {
    knex: project.knexVersion,
    pg: project.pgVersion,
    node: process.version,
    table: project.table,
    knexfile: project.knexfile,
    home: process.cwd(),
    migrations: migrations.map(({ name, file }) => ({ name, file })),
    leftOut: all.filter(isLeftOut).map(({ name }) => name),
    connectionOptions: project.options,
    settings: UNHONOURED.filter((name) => Boolean(project.knex.migrate.config[name])),
  });
  await loadAll(migrations, project);
  if (migrations.some((each) => each.failed)) {
    return;
  }
  sayLoaded(migrations, project);
  const scratch = new Scratch(project.knex, instructions);
  const runs = new Runs(project, scratch, troubles);
  await scratch.prepare(project.table, project.searchPath);
  for (const migration of migrations) {
    if (!(await record(migration, runs, scratch))) {
      return;
    }
  }
}

main()
  .catch((error) => {
    const isTrouble = error instanceof Trouble;
    say('trouble', {
      kind: isTrouble ? error.kind : 'unexpected',
      ...(isTrouble ? error.details : described(error)),
    });
  })
  .finally(() => {
    say('end', {});
    troubles.exit(0);
  });
