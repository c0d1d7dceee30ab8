import type { FileReading } from '@quarry/contracts';
import type { Dialect } from './dialect.js';
import type { Layout } from './layout.js';

const previewRows = 10;
const cellLength = 200;

/** How a text file was read, for a person to judge. */
export function textReading(dialect: Dialect, layout: Layout, encoding: string): FileReading {
  const { delimiter, mark, titles, rows } = dialect;
  return {
    ...{ kind: 'text', delimiter, decimal: mark, encoding, header: titles === null ? null : cut(titles) },
    ...placesOf(layout),
    rows: rows.slice(0, previewRows).map(cut),
  };
}

/** How a file that stores columns was read; `rows` are its first ones as text. */
export function columnsReading(
  kind: 'parquet' | 'arrow',
  header: readonly string[],
  rows: readonly (readonly string[])[],
  layout: Layout,
): FileReading {
  return {
    ...{ kind, delimiter: null, decimal: null, encoding: null, header: cut(header) },
    ...placesOf(layout),
    rows: rows.slice(0, previewRows).map(cut),
  };
}

function placesOf(layout: Layout): Pick<FileReading, 'columns' | 'shape'> {
  const { shape, time, clock, symbol, required, optional } = layout;
  const places: [string, number | null][] = [
    ['time', time],
    ['clock', clock],
    ['symbol', symbol],
    ...[...required, ...optional].map(({ name, place }): [string, number] => [name, place]),
  ];
  const taken = places.flatMap(([name, place]) => (place === null ? [] : [[name, place + 1] as const]));
  return { shape, columns: Object.fromEntries(taken) };
}

function cut(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.slice(0, cellLength));
}
