// The environment and the clock as the migrations see them.

import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';

const HERE = dirname(fileURLToPath(import.meta.url));

/** Libraries that read the environment for whoever calls them. */
const READERS = /[\\/]node_modules[\\/](envalid|env-var|zod|joi|convict|config|getenv)[\\/]/;

const LACKING_MAX = 3;

const readsByFile = new Map();
let current = null;

/** Notes from now on which file of the project reads which variable. */
export function watchEnvironment() {
  process.env = new Proxy(process.env, {
    get(variables, name) {
      note(name);
      return variables[name];
    },
    has(variables, name) {
      note(name);
      return name in variables;
    },
  });
}

/** Calls `act` and adds to `names` the variables that are read until it has settled. */
export async function noting(names, act) {
  const before = current;
  current = names;
  try {
    return await act();
  } finally {
    current = before;
  }
}

/** Those of the names that the environment has not, the last ones: a program fails for want of these. */
export function lacking(names) {
  return [...names].filter((name) => !(name in process.env)).slice(-LACKING_MAX);
}

function note(name) {
  if (typeof name !== 'string') {
    return;
  }
  const file = reader();
  if (file === null) {
    return;
  }
  if (!readsByFile.has(file)) {
    readsByFile.set(file, new Set());
  }
  readsByFile.get(file).add(name);
  // The last that was read comes last.
  current?.delete(name);
  current?.add(name);
}

/** The file of the project that reads, or null where a library does so for itself. */
function reader() {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  Error.stackTraceLimit = 40;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? '');
  const holder = {};
  Error.captureStackTrace(holder);
  const files = holder.stack;
  Error.prepareStackTrace = prepare;
  Error.stackTraceLimit = limit;
  for (const each of Array.isArray(files) ? files : []) {
    const file = each.startsWith('file:') ? fileURLToPath(each.replace(/\?.*$/, '')) : each;
    if (file.startsWith('node:')) {
      // Node reads for its own sake, as when it looks whether a terminal has colours.
      return null;
    }
    if (!/[\\/]/.test(file) || file.startsWith(HERE)) {
      continue;
    }
    if (READERS.test(file)) {
      continue;
    }
    return /[\\/]node_modules[\\/]/.test(file) ? null : file;
  }
  return null;
}

/** The variables that a loaded file, and the project's files that it requires, have read. */
export function readBy(file, cache) {
  const names = new Set();
  const seen = new Set();
  const walk = (path) => {
    if (seen.has(path) || /[\\/]node_modules[\\/]/.test(path)) {
      return;
    }
    seen.add(path);
    readsByFile.get(path)?.forEach((name) => names.add(name));
    cache[path]?.children?.forEach((child) => walk(child.filename ?? child.id));
  };
  walk(file);
  return names;
}

/** Lets the clock of this process go ahead by so many milliseconds. */
export function shiftClock(millis) {
  const real = Date;
  const now = () => real.now() + millis;
  const shifted = new Proxy(real, {
    construct(target, args, newTarget) {
      return Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget);
    },
    apply() {
      return new real(now()).toString();
    },
    get(target, name) {
      return name === 'now' ? now : Reflect.get(target, name);
    },
  });
  real.prototype.constructor = shifted;
  globalThis.Date = shifted;
}
