// Answers that are not true, to see whether a migration's SQL depends on what the database answers.

const UUID = '5ce1a000-0000-4000-8000-000000000001';
const DAY_MILLIS = 86_400_000;
const ADDED = 10_007;

/** A value for a column of which no true value is known, by the OID of its type. */
function invented(oid) {
  switch (oid) {
    case 16:
      return true;
    case 21:
    case 23:
    case 26:
    case 700:
    case 701:
      return ADDED;
    case 20:
    case 1700:
      return String(ADDED);
    case 1082:
    case 1114:
    case 1184:
      return new Date(DAY_MILLIS * ADDED);
    case 114:
    case 3802:
      return { skein: ADDED };
    case 2950:
      return UUID;
    default:
      return 'skein';
  }
}

function other(value, oid) {
  if (value === null || value === undefined || oid === 2950) {
    return invented(oid);
  }
  switch (typeof value) {
    case 'boolean':
      return !value;
    case 'number':
      return value + ADDED;
    case 'bigint':
      return value + BigInt(ADDED);
    case 'string':
      return /^-?\d+$/.test(value) ? String(BigInt(value) + BigInt(ADDED)) : value + '_skein';
    default:
      return value instanceof Date ? new Date(value.getTime() + DAY_MILLIS) : invented(oid);
  }
}

function otherRow(row, fields) {
  const changed = Array.isArray(row) ? [] : {};
  fields.forEach((field, index) => {
    const key = Array.isArray(row) ? index : field.name;
    changed[key] = other(row[key], field.dataTypeID);
  });
  return changed;
}

/** The one row of a question that gathers, as it is where there is nothing to be found. */
function nothingGathered(row, fields, columns) {
  const changed = Array.isArray(row) ? [] : {};
  fields.forEach((field, index) => {
    const key = Array.isArray(row) ? index : field.name;
    changed[key] = nothingIn(columns[index] ?? '', row[key]);
  });
  return changed;
}

function nothingIn(column, value) {
  if (/^(not\s+)?exists\b/i.test(column)) {
    return /^not/i.test(column);
  }
  if (/^count\b/i.test(column)) {
    return typeof value === 'string' ? '0' : typeof value === 'bigint' ? 0n : 0;
  }
  // What gathers nothing is null; what is no question of rows is as it was.
  return /^(sum|min|max|avg|every|bool_and|bool_or|\w+_agg)\b/i.test(column) ? null : value;
}

/**
 * Changes the result of a query in place.
 *
 * @param mode 'none': nothing is found and nothing is changed; 'other': at least one row is found,
 *     and its values are not the true ones
 * @param isQuestion whether the query only asked; what a statement returns is never nothing
 * @param columns of a question that always has one row; null for any other
 */
export function falsified(result, mode, isQuestion, columns) {
  if (Array.isArray(result)) {
    result.forEach((each) => falsified(each, mode, isQuestion, columns));
    return result;
  }
  const fields = result.fields ?? [];
  if (fields.length === 0) {
    result.rowCount = mode === 'none' ? 0 : (result.rowCount ?? 0) + ADDED;
  } else if (mode === 'other') {
    const rows = result.rows.length === 0 ? [{}] : result.rows;
    result.rows = rows.map((row) => otherRow(row, fields));
    result.rowCount = result.rows.length;
  } else if (isQuestion && columns !== null) {
    result.rows = result.rows.map((row) => nothingGathered(row, fields, columns));
  } else if (isQuestion) {
    result.rows = [];
    result.rowCount = 0;
  }
  return result;
}
