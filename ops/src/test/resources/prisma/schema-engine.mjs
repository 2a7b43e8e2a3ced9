#!/usr/bin/env node
// Stands in for the schema engine that Prisma's command starts as a child process. That engine is
// a native program which is downloaded, and so not always to be had; npm has the same engine as
// WebAssembly, which reaches PostgreSQL through a driver written in JavaScript. This program
// speaks as the native one does: the same arguments, and JSON-RPC, a line a message, on standard
// input and output.
//
// It lies beside the node_modules with @prisma/schema-engine-wasm, @prisma/adapter-pg,
// @prisma/driver-adapter-utils and pg; PRISMA_SCHEMA_ENGINE_BINARY names it.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const PACKAGE = new URL('./node_modules/@prisma/schema-engine-wasm/', import.meta.url)

const args = process.argv.slice(2)

/** The values of an option, which may be repeated. */
function optionValues(name) {
  return args.filter((_, i) => i > 0 && args[i - 1] === name)
}

// ---- where the database is

/** The data source's address: given as JSON, or taken from the environment. */
function databaseUrl() {
  const given = optionValues('--datasource')[0]
  let url = given?.startsWith('{') ? JSON.parse(given).url : given
  if (url !== null && typeof url === 'object') {
    url = url.value ?? process.env[url.fromEnvVar]
  }
  return new URL(url ?? process.env.DATABASE_URL)
}

/** How pg connects there; the native engine, too, sets the search path as it connects. */
function connection(url, database = decodeURIComponent(url.pathname.slice(1))) {
  const schema = url.searchParams.get('schema') ?? 'public'
  const quoted = `"${schema.replaceAll('"', '""')}"`
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password) || undefined,
    database,
    options: `-c search_path=${quoted.replace(/[\\ ]/g, '\\$&')}`,
    // The engine's advisory lock is one of the session, so all must go through one connection.
    max: 1,
    allowExitOnIdle: true
  }
}

async function withClient(config, use) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

// ---- the driver

const TEXT = 25
const TEXT_ARRAY = 1009

/**
 * Types of the catalogue's columns that the adapter refuses, and what they are read as instead:
 * "char", name, int2vector, regproc, xid, oidvector, pg_node_tree, regclass and regtype as text,
 * arrays of the first two as arrays of text.
 */
const READ_AS = new Map([
  ...[18, 19, 22, 24, 28, 30, 194, 2205, 2206].map((oid) => [oid, TEXT]),
  ...[1002, 1003].map((oid) => [oid, TEXT_ARRAY])
])

/** Lets a client's answers name only types that the adapter knows. */
function readCatalogueTypes(client) {
  const query = client.query.bind(client)
  client.query = async (...request) => {
    const answer = await query(...request)
    for (const field of [answer].flat().flatMap((result) => result?.fields ?? [])) {
      field.dataTypeID = READ_AS.get(field.dataTypeID) ?? field.dataTypeID
    }
    return answer
  }
}

/** Makes the adapter behave as the native engine's own connection does. */
function asNative(adapter) {
  readCatalogueTypes(adapter.underlyingDriver())
  // The adapter would cut the text at each semicolon; the engine sends it as one simple query.
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script)
    } catch (error) {
      adapter.onError(error)
    }
  }
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (...options) => {
    const transaction = await start(...options)
    readCatalogueTypes(transaction.client)
    return transaction
  }
  return adapter
}

class Databases extends PrismaPg {
  constructor(url, database) {
    super(connection(url, database), { schema: url.searchParams.get('schema') ?? 'public' })
    this.url = url
  }

  async connect() {
    return asNative(await super.connect())
  }

  /** A database that is gone when the engine is done with it. */
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    const administer = (sql) => withClient(connection(this.url), (client) => client.query(sql))
    await administer(`CREATE DATABASE "${name}"`)
    const adapter = await new Databases(this.url, name).connect()
    const dispose = adapter.dispose.bind(adapter)
    adapter.dispose = async () => {
      await dispose()
      await administer(`DROP DATABASE "${name}" WITH (FORCE)`)
    }
    return adapter
  }
}

// ---- the engine

async function openEngine() {
  const code = new WebAssembly.Module(readFileSync(new URL('schema_engine_bg.wasm', PACKAGE)))
  const { exports } = new WebAssembly.Instance(code, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(exports)
  exports.__wbindgen_start()
  const files = optionValues('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
  return glue.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new Databases(databaseUrl()))
  )
}

/** Two methods have another name, or say more, in the native engine. */
async function call(engine, { method, params }) {
  const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params ?? {})
  if (method === 'diff' && result?.stdout) {
    send({ id: randomUUID(), method: 'print', params: { content: result.stdout } })
  }
  return result ?? null
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

/** Answers one request after the other, each with its result or with what the engine said. */
async function serve() {
  let engine
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const request = line.trim() === '' ? {} : JSON.parse(line)
    if (request.method === undefined) {
      continue // An answer to what was printed.
    }
    try {
      engine ??= await openEngine()
      send({ id: request.id, result: await call(engine, request) })
    } catch (error) {
      const data = { is_panic: false, message: String(error.message), error_code: error.code }
      send({ id: request.id, error: { code: 4466, message: 'An error happened.', data } })
    }
  }
}

// ---- what it is asked on the command line, without JSON-RPC

async function canConnect() {
  await withClient(connection(databaseUrl()), () => {})
}

async function createDatabase() {
  const url = databaseUrl()
  const name = decodeURIComponent(url.pathname.slice(1)).replaceAll('"', '""')
  await withClient(connection(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE "${name}"`)
  )
}

function log(level, fields) {
  const target = 'schema_engine::logger'
  console.error(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target }))
}

/** Ends with 1 where it fails, and says why in the form of the native engine's log. */
async function once(action) {
  log('INFO', { message: 'Starting' }) // Prisma leaves the first line out.
  try {
    await action()
  } catch (error) {
    const code = error.code === '3D000' ? 'P1003' : 'P1001'
    log('ERROR', { message: error.message, is_panic: false, error_code: code })
    process.exitCode = 1
  }
}

if (args.includes('--version')) {
  const { version } = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8'))
  console.log(`schema-engine-cli wasm ${version}`)
} else if (args.includes('can-connect-to-database')) {
  await once(canConnect)
} else if (args.includes('create-database')) {
  await once(createDatabase)
} else {
  await serve()
  process.exit(0)
}
