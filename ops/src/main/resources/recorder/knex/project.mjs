// Finds the team's knexfile, its Knex and its driver, and makes a Knex that only knows the scratch
// database.

import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { driver, patchDriver, preparing, usePrepareValue } from './driver.mjs';
import { lacking, noting } from './surroundings.mjs';

const KNEXFILES = ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'coffee'].map((each) => 'knexfile.' + each);
const TYPESCRIPT = ['.ts', '.mts', '.cts'];
const POSTGRES = ['pg', 'postgres', 'postgresql', 'pg-native', 'pgnative'];
const CONNECTIONS = 2;

/** Something that a person has to see to; `kind` says what, the rest fills the message. */
export class Trouble extends Error {
  constructor(kind, details) {
    super(details.message ?? kind);
    this.kind = kind;
    this.details = details;
  }
}

/** Opens the project that the instructions describe. */
export async function openProject(instructions) {
  const knexfile = knexfileOf(instructions);
  const home = knexfile === null ? instructions.directory : dirname(knexfile);
  process.chdir(home);
  const requires = [home, instructions.directory, ...instructions.programs].map((each) =>
    createRequire(join(each, 'package.json')),
  );
  const { knex, pg } = libraries(requires, home);
  const typescript = new TypeScript(requires);
  if (knexfile !== null && TYPESCRIPT.includes(extname(knexfile))) {
    await typescript.use(knexfile);
  }
  const configured = knexfile === null ? {} : await sectionOf(knexfile, instructions, typescript);
  const config = arranged(configured, instructions, home, knexfile !== null);
  const made = knex.make(config);
  isolate(made);
  const versions = { knexVersion: knex.version, pgVersion: pg.version };
  const project = { knex: made, knexfile, typescript, ...versions };
  const options = optionsOf(configured.connection);
  return { ...project, table: tableOf(config), searchPath: config.searchPath, options };
}

/** What the server is told by the connection that the recording does not make. */
function optionsOf(connection) {
  const address = typeof connection === 'string' ? connection : connection?.connectionString;
  return [connection?.options, optionsIn(address), process.env.PGOPTIONS].find(Boolean) ?? '';
}

function optionsIn(address) {
  try {
    return new URL(address).searchParams.get('options');
  } catch {
    return null;
  }
}

function knexfileOf({ directory, config }) {
  if (config) {
    return config;
  }
  return KNEXFILES.map((name) => join(directory, name)).find(existsSync) ?? null;
}

function libraries(requires, home) {
  const knexPath = found(requires, 'knex');
  if (knexPath === null) {
    throw new Trouble('no-knex', { home });
  }
  const knexRequire = createRequire(knexPath);
  const pgPaths = [found([knexRequire], 'pg'), found(requires, 'pg')].filter(Boolean);
  if (pgPaths.length === 0) {
    throw new Trouble('no-pg', { home });
  }
  for (const path of new Set(pgPaths)) {
    patchDriver(createRequire(path)(path));
  }
  const pgRequire = createRequire(pgPaths[0]);
  usePrepareValue(pgRequire('./utils.js').prepareValue);
  const module = knexRequire(knexPath);
  return {
    knex: {
      make: module.knex ?? module.default ?? module,
      version: versionBeside(knexPath),
    },
    pg: { version: versionBeside(dirname(pgPaths[0])) },
  };
}

function found(requires, name) {
  for (const require of requires) {
    try {
      return require.resolve(name);
    } catch {
      // The next place may have it.
    }
  }
  return null;
}

function versionBeside(path) {
  let at = dirname(path);
  while (at !== dirname(at)) {
    try {
      return createRequire(join(at, 'package.json'))('./package.json').version;
    } catch {
      at = dirname(at);
    }
  }
  return '?';
}

async function sectionOf(knexfile, { environment }, typescript) {
  let content = await loaded(knexfile, typescript);
  content = content?.default?.default ?? content?.default ?? content;
  if (typeof content === 'function') {
    const make = content;
    content = await orTrouble(knexfile, () => make());
  }
  const name = environment ?? process.env.NODE_ENV ?? 'development';
  const known = Object.keys(content ?? {});
  if (environment !== null && content?.[environment] === undefined && !isSection(content)) {
    throw new Trouble('no-environment', { file: knexfile, name, known });
  }
  const section = content?.[name] ?? content;
  if (!isSection(section)) {
    throw new Trouble('no-environment', { file: knexfile, name, known });
  }
  if (typeof section.client === 'string' && !POSTGRES.includes(section.client)) {
    const others = known.filter((each) => POSTGRES.includes(content[each]?.client));
    throw new Trouble('client', { file: knexfile, name, client: section.client, others });
  }
  return section;
}

function isSection(value) {
  return Boolean(value) && ['client', 'connection', 'migrations'].some((key) => key in value);
}

async function loaded(knexfile, typescript) {
  return orTrouble(knexfile, async () => {
    try {
      return await load(knexfile);
    } catch (error) {
      if (await typescript.mayHelp(error, knexfile)) {
        return load(knexfile);
      }
      throw error;
    }
  });
}

/** As `act` settles; what it throws is told with the variables that it looked for and did not find. */
async function orTrouble(knexfile, act) {
  const names = new Set();
  try {
    return await noting(names, act);
  } catch (error) {
    throw new Trouble('knexfile', { file: knexfile, lacking: lacking(names), ...described(error) });
  }
}

async function load(file) {
  const require = createRequire(file);
  try {
    return require(file);
  } catch (error) {
    if (['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'].includes(error?.code)) {
      return import(pathToFileURL(file).href);
    }
    throw error;
  }
}

function arranged(configured, instructions, home, hasKnexfile) {
  const migrations = { ...configured.migrations };
  const more = instructions.locations;
  if (!migrations.migrationSource && (more.length > 0 || !hasKnexfile)) {
    const first = hasKnexfile ? (migrations.directory ?? './migrations') : bareDirectory(home);
    migrations.directory = [first, ...more].flat();
  }
  if (instructions.table) {
    migrations.tableName = instructions.table;
    migrations.schemaName = instructions.schema ?? undefined;
  }
  const { host, port, user, password } = instructions.address;
  const pool = { ...configured.pool, min: 0, max: CONNECTIONS };
  if (typeof pool.afterCreate === 'function') {
    const { afterCreate } = configured.pool;
    pool.afterCreate = (connection, done) => preparing(() => afterCreate(connection, done));
  }
  return {
    ...configured,
    client: typeof configured.client === 'function' ? configured.client : 'pg',
    connection: { host, port, user, password, database: instructions.database },
    migrations,
    pool,
  };
}

/** A directory without a knexfile is one of migrations, or Knex's default is below it. */
function bareDirectory(home) {
  const below = join(home, 'migrations');
  const isMigration = (name) => /^\d.*\.(js|cjs|mjs|ts|mts|cts)$/.test(name);
  return !readdirSync(home).some(isMigration) && existsSync(below) ? below : home;
}

function isolate(knex) {
  const { client } = knex;
  const acquire = client.acquireRawConnection;
  client.acquireRawConnection = (...args) => preparing(() => acquire.apply(client, args));
}

function tableOf({ migrations }) {
  return { name: migrations.tableName ?? 'knex_migrations', schema: migrations.schemaName ?? null };
}

/** What an error says, and the module that it misses. */
export function described(error) {
  const message = String(error?.message ?? error);
  const missing =
    ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(error?.code) &&
    /Cannot find (?:module|package) '([^']+)'/.exec(message);
  return {
    message: message.split('\nRequire stack')[0].trim(),
    code: typeof error?.code === 'string' ? error.code : null,
    module: missing ? missing[1] : null,
  };
}

/** What of the project's own libraries can read TypeScript. */
class TypeScript {
  constructor(requires) {
    this.requires = requires;
    this.used = false;
  }

  /** Makes Node read TypeScript from now on, for that file's sake. */
  async use(file) {
    if (this.used || process.features.typescript) {
      return;
    }
    this.used = true;
    const ways = [
      ['tsx/cjs/api', (module) => module.register()],
      ['ts-node', (module) => module.register({ transpileOnly: true })],
      ['@swc-node/register', () => {}],
      ['@swc/register', (module) => module({ extensions: ['.ts', '.js'] })],
      ['esbuild-register/dist/node', (module) => module.register()],
      ['sucrase/register/ts', () => {}],
    ];
    for (const [name, register] of ways) {
      const path = found(this.requires, name);
      if (path !== null) {
        register(createRequire(path)(path));
        await this.alsoModules(name);
        return;
      }
    }
    throw new Trouble('typescript', { file });
  }

  async alsoModules(name) {
    if (name === 'tsx/cjs/api') {
      // For require it names a twin that only works by itself.
      const path = found(this.requires, 'tsx/esm/api').replace(/\.cjs$/, '.mjs');
      (await import(pathToFileURL(path).href)).register();
      return;
    }
    const paths = found(this.requires, 'tsconfig-paths/register');
    if (paths !== null && existsSync(resolve('tsconfig.json'))) {
      createRequire(paths)(paths);
    }
  }

  /** Whether a file that Node could not read may be read now. */
  async mayHelp(error, file) {
    const isSyntax = error instanceof SyntaxError || error?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    if (this.used || !isSyntax) {
      return false;
    }
    try {
      await this.use(file);
      return true;
    } catch {
      return false;
    }
  }

  /** For a migration file. */
  async useFor(file) {
    if (TYPESCRIPT.includes(extname(file))) {
      await this.use(file);
    }
  }
}

/** Kept here, since only the project's driver may speak to the scratch server. */
export function moveTo(database) {
  driver.database = database;
}
