// Stands between the project's code and its PostgreSQL driver: every connection goes to the scratch
// database, and every statement is noted.

import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { falsified } from './answers.mjs';
import { bound, columnsOfOneRow, copiesFromClient, endsTransaction, question } from './text.mjs';

const VOLATILE = "select 1 from pg_catalog.pg_proc where provolatile = 'v' and proname = any($1)";

export class SandboxLeft extends Error {}

/** What the driver does now; one for the process. */
export const driver = {
  address: null,
  database: null,
  /** The run whose statements are noted; null: none. */
  run: null,
};

const setup = new AsyncLocalStorage();
const patched = new WeakSet();
let connections = 0;

/** With untrue answers a loop may never end. */
const TRIAL_STATEMENTS_MAX = 5000;

/** Calls `act`; statements in it prepare a connection and belong to no migration. */
export function preparing(act) {
  return setup.run(true, act);
}

/** Patches the driver of that module, and every copy of it that is loaded later. */
export function patchDriver(pg) {
  patch(pg);
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (request === 'pg' || /[\\/]node_modules[\\/]pg[\\/]?$/.test(request)) {
      patch(loaded);
    }
    return loaded;
  };
}

function patch(pg) {
  const Client = pg?.Client ?? pg?.default?.Client;
  if (!Client || patched.has(Client.prototype)) {
    return;
  }
  patched.add(Client.prototype);
  const { connect, query } = Client.prototype;
  Client.prototype.connect = function (...args) {
    redirect(this);
    return connect.apply(this, args);
  };
  Client.prototype.query = function (config, values, callback) {
    return noted(this, query, config, values, callback);
  };
}

function redirect(client) {
  const { host, port, user, password } = driver.address;
  const ssl = protection(driver.address);
  const target = { host, port, user, password, database: driver.database, ssl };
  Object.assign(client.connectionParameters, target);
  Object.assign(client, target);
  if (client.connection) {
    client.connection.ssl = ssl;
  }
  client.skeinConnection = ++connections;
  client.skeinSetup = [];
}

/** As Skein itself protects its connections to that server. */
function protection({ host, tls }) {
  if (!tls) {
    return false;
  }
  return {
    host,
    rejectUnauthorized: tls.mode.startsWith('verify'),
    ...(tls.authority ? { ca: readFileSync(tls.authority, 'utf8') } : {}),
    ...(tls.mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
}

function noted(client, query, config, values, callback) {
  if ((driver.run === null && !setup.getStore()) || config === null || config === undefined) {
    return query.call(client, config, values, callback);
  }
  const given = arranged(config, values, callback);
  const entry = entryOf(client, given);
  if (setup.getStore()) {
    if (entry.question === null) {
      client.skeinSetup.push(entry.sql);
    }
    return query.call(client, config, values, callback);
  }
  const run = driver.run;
  if (run.sandbox && endsTransaction(entry.sql)) {
    run.left = true;
    return refused(new SandboxLeft('the transaction of the sandbox was to be ended'), given);
  }
  if (run.falsify && run.entries.length >= TRIAL_STATEMENTS_MAX) {
    return refused(new Error(`it sends more than ${TRIAL_STATEMENTS_MAX} statements`), given);
  }
  run.add(client, entry);
  if (given.submitted) {
    watchSubmitted(given.submitted, entry, run);
    return query.call(client, config, values, callback);
  }
  if (entry.question?.functions.length > 0) {
    query.call(client, { text: VOLATILE, values: [entry.question.functions] }, (error, result) => {
      entry.kept = Boolean(error) || result.rows.length > 0;
    });
  }
  return sent(client, query, given, entry, run);
}

function arranged(config, values, callback) {
  const isText = typeof config === 'string';
  const done = [callback, values, config.callback].find((each) => typeof each === 'function');
  const parameters = Array.isArray(values) ? values : isText ? undefined : config.values;
  if (!isText && typeof config.submit === 'function') {
    const inner = config.cursor ?? config;
    return { text: inner.text ?? '', values: inner.values ?? inner._values, submitted: config };
  }
  const rest = isText ? { text: config } : { ...config };
  delete rest.callback;
  return {
    text: rest.text ?? '',
    values: parameters,
    config: { ...rest, values: parameters },
    callback: done,
  };
}

function entryOf(client, { text, values }) {
  const hasValues = Array.isArray(values) && values.length > 0;
  const sql = hasValues ? bound(text, values, (value) => literal(value, client)) : text;
  const asked = question(sql);
  return {
    connection: client.skeinConnection,
    sql,
    question: asked,
    kept: asked === null,
    failed: false,
    answered: false,
    copies: copiesFromClient(sql),
  };
}

/** As the driver would send it: a text whose type the server finds out by itself. */
function literal(value, client) {
  const sent = prepared(value, client);
  if (sent === null || sent === undefined) {
    return 'NULL';
  }
  const text = Buffer.isBuffer(sent) ? '\\x' + sent.toString('hex') : String(sent);
  return "'" + text.replaceAll("'", "''") + "'";
}

let prepareValue = null;

/** The driver's own way to write a value, found beside the driver. */
export function usePrepareValue(act) {
  prepareValue = act;
}

function prepared(value) {
  return ArrayBuffer.isView(value) && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : prepareValue(value);
}

function refused(error, given) {
  if (given.callback) {
    process.nextTick(given.callback, error);
    return undefined;
  }
  return Promise.reject(error);
}

function sent(client, query, given, entry, run) {
  run.pending++;
  const finished = (error, result) => {
    run.pending--;
    entry.failed = Boolean(error);
    if (!error) {
      answered(entry, result, run);
    }
  };
  if (given.callback) {
    return query.call(client, given.config, (error, result) => {
      finished(error, result);
      given.callback(error, result);
    });
  }
  return query.call(client, given.config).then(
    (result) => {
      finished(null, result);
      return result;
    },
    (error) => {
      finished(error);
      throw error;
    },
  );
}

function answered(entry, result, run) {
  if (entry.question !== null && entry.question.catalogue) {
    return;
  }
  const results = Array.isArray(result) ? result : [result];
  const touches = /^(insert|update|delete|merge)$/i;
  entry.answered = results.some(
    (each) => (each.fields?.length ?? 0) > 0 || touches.test(each.command ?? ''),
  );
  if (run.falsify && entry.answered) {
    falsified(result, run.falsify, entry.question !== null, columnsOfOneRow(entry.sql));
  }
}

/** Cursors and streams answer by themselves; what they found is not changed in a trial. */
function watchSubmitted(submitted, entry, run) {
  entry.answered = true;
  const fail = submitted.handleError;
  if (typeof fail === 'function') {
    submitted.handleError = function (...args) {
      entry.failed = true;
      return fail.apply(this, args);
    };
  }
  if (entry.question !== null && !entry.question.catalogue) {
    run.streamed = true;
  }
}
