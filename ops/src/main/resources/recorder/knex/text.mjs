// Reads SQL as far as the recorder has to: what is quoted, where parameters are, what is a read.

const QUOTED =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$])\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/g;

/** The text without comments and with empty literals; quoted names stay. */
function bare(sql) {
  return sql.replace(QUOTED, (part) => {
    if (part.startsWith('--') || part.startsWith('/*')) {
      return ' ';
    }
    return part.startsWith('"') ? part : "''";
  });
}

/** The text with its $1, $2 … replaced by what `literal` makes of the values. */
export function bound(sql, values, literal) {
  let out = '';
  let at = 0;
  const replaced = (part) => part.replace(/\$(\d+)/g, (_, n) => literal(values[n - 1]));
  for (const match of sql.matchAll(QUOTED)) {
    out += replaced(sql.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return out + replaced(sql.slice(at));
}

/** Whether it begins or ends a transaction; savepoints do not. */
export function endsTransaction(sql) {
  return /(^|;)\s*(commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i.test(
    bare(sql),
  );
}

/** Whether it changes a setting that may outlive its transaction. */
export function setsSomething(sql) {
  return /(^|;)\s*(set|reset)\b|\bset_config\s*\(/i.test(bare(sql));
}

/** Whether it takes rows from the client, which no script can hold. */
export function copiesFromClient(sql) {
  return /(^|;)\s*copy\b[^;]*\b(from\s+stdin|to\s+stdout)\b/i.test(bare(sql));
}

/**
 * Catalogues that tell of the server and not of the database: their answers follow from what others
 * have done there, not from the migrations before.
 */
const SERVER_WIDE =
  /(^|[."])(pg_(auth_members|authid|available_extension(s|_versions)|database|db_role_setting|group|roles|settings|shadow|stat_\w+|subscription|tablespace|user)|applicable_roles|enabled_roles)"?$/i;

function ofThisDatabase(name) {
  return /^"?(information_schema|pg_)/i.test(name) && !SERVER_WIDE.test(name);
}

/**
 * What a text asks for if it only asks: the functions that it calls and whether all it looks at is
 * the catalogue of the database; null if it may do more.
 */
export function question(sql) {
  const text = bare(sql).trim().replace(/;\s*$/, '');
  if (text.includes(';') || !/^\(*\s*(select|with|values|table|show)\b/i.test(text)) {
    return null;
  }
  const asked = text.replace(/\bfor\s+(no\s+key\s+)?update\b/gi, ' ');
  if (/\b(insert|update|delete|merge|into)\b/i.test(asked)) {
    return null;
  }
  const functions = [...text.matchAll(/("(?:[^"]|"")+"|[A-Za-z_][\w$]*)\s*\(/g)];
  return {
    functions: [...new Set(functions.map((each) => unquoted(each[1])))],
    catalogue: relations(text).every(ofThisDatabase),
  };
}

/** What is one row, however many rows are looked at. */
const GATHERS =
  /^(?:not\s+)?(?:coalesce\s*\(\s*)?(?:exists|count|sum|min|max|avg|every|bool_and|bool_or|\w+_agg)\s*\(/i;

/**
 * The columns of a question that always has exactly one row, since it gathers or looks at no table;
 * null for any other.
 */
export function columnsOfOneRow(sql) {
  const text = bare(sql).trim().replace(/;\s*$/, '');
  const parts = outermost(text);
  const outer = parts.map((part) => part.outer).join(',');
  if (!/^select\b/i.test(outer) || /\b(group\s+by|having|union|intersect|except|offset)\b/i.test(outer)) {
    return null;
  }
  const last = parts.findIndex((part) => /\bfrom\b/i.test(part.outer));
  const columns = (last < 0 ? parts : parts.slice(0, last + 1)).map((part) =>
    part.whole.trim().replace(/^select\s+/i, ''),
  );
  const one = last < 0 ? !/\bwhere\b/i.test(outer) : columns.every((each) => GATHERS.test(each));
  return one ? columns : null;
}

/** The parts between commas that no parenthesis encloses: whole, and without what is enclosed. */
function outermost(text) {
  const parts = [{ whole: '', outer: '' }];
  let depth = 0;
  for (const sign of text) {
    depth -= sign === ')' ? 1 : 0;
    if (sign === ',' && depth === 0) {
      parts.push({ whole: '', outer: '' });
      continue;
    }
    const part = parts[parts.length - 1];
    part.whole += sign;
    part.outer += depth === 0 ? sign : '';
    depth += sign === '(' ? 1 : 0;
  }
  return parts;
}

function unquoted(name) {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

function relations(text) {
  const found = [];
  const lists = text.matchAll(
    /\b(?:from|join|table)\s+([\s\S]*?)(?=\bwhere\b|\bjoin\b|\bon\b|\bgroup\b|\border\b|\blimit\b|\bunion\b|$)/gi,
  );
  for (const list of lists) {
    for (const item of list[1].split(',')) {
      const name = /^\s*(?:only\s+|lateral\s+)?((?:"[^"]+"|[A-Za-z_][\w$]*)(?:\.(?:"[^"]+"|[\w$]+))?)(?!\s*\()/i;
      const match = name.exec(item);
      if (match && !/^(select|inner|left|right|full|cross|natural)$/i.test(match[1])) {
        found.push(match[1]);
      }
    }
  }
  return found;
}
