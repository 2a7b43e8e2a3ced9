// Which files of the project a migration is made of, as far as their text and what Node has loaded
// tell.

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"`])(\.{1,2}(?:\/[^'"`\n]*)?)\1/g;
const ENDINGS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts', '.tsx', '.jsx', '.json', '.coffee'];
const TYPED = { '.js': ['.ts', '.tsx'], '.cjs': ['.cts'], '.mjs': ['.mts'], '.jsx': ['.tsx'] };

export class Imports {
  #home;
  #cache;

  /** `home` is the project's directory, `cache` what Node has required. */
  constructor(home, cache) {
    this.#home = realpathSync(home);
    this.#cache = cache;
  }

  /** These files, where there are any, and what they import; relative to the project, sorted. */
  of(migration, knexfile) {
    if (!this.#isInside(real(migration))) {
      return [];
    }
    const found = new Set();
    const left = [migration, knexfile].filter(Boolean).map(real);
    while (left.length > 0) {
      const file = left.pop();
      if (!found.has(file) && this.#isInside(file)) {
        found.add(file);
        left.push(...this.#imported(file));
      }
    }
    return [...found].map((file) => relative(this.#home, file).split(sep).join('/')).sort();
  }

  #isInside(file) {
    const parts = relative(this.#home, file).split(sep);
    return parts[0] !== '..' && !parts.includes('node_modules');
  }

  #imported(file) {
    const required = (this.#cache[file]?.children ?? []).map((child) => child.filename ?? child.id);
    const named = [...text(file).matchAll(SPECIFIER)]
      .map((match) => resolved(join(dirname(file), match[2])))
      .filter((each) => each !== null);
    return [...required.map((each) => each.replace(/\?.*$/, '')).filter(isFile), ...named].map(real);
  }
}

/** The file that an import of a path means, or null. */
function resolved(path) {
  const ending = extname(path);
  const stem = path.slice(0, path.length - ending.length);
  const candidates = [
    path,
    ...ENDINGS.map((each) => path + each),
    // TypeScript names what a file will be compiled to.
    ...(TYPED[ending] ?? []).map((each) => stem + each),
    ...ENDINGS.map((each) => join(path, 'index' + each)),
  ];
  return candidates.find(isFile) ?? null;
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function real(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function text(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
