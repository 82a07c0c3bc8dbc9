// Rows come as a column a field, so that each name travels once: here they are rows again.

/** @import { Column, Columns } from "./types" */

/** @template T @param {Column<T>} column @returns {T[]} */
function valuesOf(column) {
  return Array.isArray(column) ? column : column.at.map((place) => column.kinds[place]);
}

/** @template {object} Row @param {Columns<Row>} columns @returns {Row[]} */
export function records(columns) {
  const fields = Object.entries(columns).map(([name, column]) => ({ name, values: valuesOf(column) }));
  const count = fields[0]?.values.length ?? 0;
  /** @param {number} at @returns {any} */
  const row = (at) => Object.fromEntries(fields.map(({ name, values }) => [name, values[at]]));
  return Array.from({ length: count }, (_, at) => row(at));
}
