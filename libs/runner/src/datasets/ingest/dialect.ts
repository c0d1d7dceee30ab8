import { DataRefused } from '../data-refused.js';
import { CsvRecords } from './csv-records.js';
import { cellText, numberOf, type DecimalMark } from './read-number.js';
import { looksLikeTime } from './sniff-time.js';
import { wideHeader } from './wide-header.js';

const delimiters = ['\t', ';', '|', ','] as const;
const sampleRecords = 1000;

/** How a text file writes its table, and its first rows. */
export interface Dialect {
  readonly delimiter: string;
  readonly mark: DecimalMark;
  /** Cells of each row, the header's too. */
  readonly width: number;
  /** Null where the first row is data. */
  readonly titles: readonly string[] | null;
  /** Of which symbol each column is, where the header says it; blank for the time. */
  readonly tickers: readonly string[] | null;
  /** Records before the first row of data: what stands above the header, and the header. */
  readonly skipped: number;
  /** The first rows of data. */
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

interface Cells {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Tells delimiter, header and decimal mark from a file's first bytes. Throws DataRefused where they show no table. */
export function sniffDialect(sample: Uint8Array, complete: boolean, name: string): Dialect {
  const tried = delimiters.map((delimiter) => tryDelimiter(sample, complete, delimiter, name));
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  const { records, width, delimiter } = best;
  if (records.length === 0 && !complete) {
    throw new DataRefused(
      `Row 1 of ${name} is longer than ${sample.length} characters: this is no table of bars, or a quotation mark in it never closes.`,
    );
  }
  if (records.length === 0) throw new DataRefused(`${name} holds no row, only blank lines.`);
  if (width < 2) {
    throw new DataRefused(
      `${name} is no table: row ${records[0]!.number} "${records[0]!.cells.join('').slice(0, 80)}" has one cell. Separate cells by comma, semicolon, tab or |.`,
    );
  }
  const firstFull = records.findIndex(({ cells }) => cells.length === width);
  const trailing = trailingDelimiter(records, firstFull, width);
  const top = trailing ? firstFull - 1 : firstFull;
  const first = records[top]!;
  if (!trailing) refuseShortHeader(records[top - 1], width, first, name);
  const hasHeader = first.cells.every((cell) => !isValue(cell)) && first.cells.some((cell) => cell.trim() !== '');
  const wide = hasHeader ? wideHeader(records.slice(top, top + 3).map(({ cells }) => cells)) : null;
  const data = top + (wide ? 3 : hasHeader ? 1 : 0);
  const body = records.slice(data).map(({ cells }) => cells);
  const mark = decimalMark(body, delimiter);
  const notes: string[] = [];
  if (top > 0) notes.push(`${top} ${top === 1 ? 'row' : 'rows'} above the table were passed over.`);
  if (mark === ',') notes.push('Decimals are written with a comma.');
  return {
    ...{ delimiter, mark, notes, rows: body },
    width: trailing ? width - 1 : width,
    titles: wide?.titles ?? (hasHeader ? first.cells : null),
    tickers: wide?.tickers ?? null,
    skipped: hasHeader ? records[data - 1]!.number : first.number - 1,
  };
}

function tryDelimiter(sample: Uint8Array, complete: boolean, delimiter: string, name: string) {
  const records: Cells[] = [];
  const reader = new CsvRecords(delimiter.charCodeAt(0), name, ({ bytes, starts, ends, count, number }) => {
    const cells = Array.from({ length: count }, (_, k) => cellText(bytes, starts[k]!, ends[k]!));
    if (records.push({ number, cells }) >= sampleRecords) reader.stop();
  });
  let broken: DataRefused | null = null;
  try {
    reader.push(sample);
    if (complete) reader.end();
  } catch (error) {
    if (!(error instanceof DataRefused)) throw error;
    broken = error;
  }
  if (broken && records.length === 0) throw broken;
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 1;
  for (const [cells, rows] of counts)
    if (rows > (counts.get(width) ?? 0) || (rows === counts.get(width) && cells > width)) width = cells;
  const share = records.length === 0 ? 0 : (counts.get(width) ?? 0) / records.length;
  // A header that the delimiter leaves whole speaks against it: `Date;Open;High` over rows with decimal commas.
  const headerFits = records[0]?.cells.length === width ? 1 : 0.5;
  return { delimiter, records, width, score: width < 2 ? 0 : share * headerFits * (1 + Math.min(width, 20) / 100) };
}

/** True where every row ends in a delimiter and the header above them does not. */
function trailingDelimiter(records: readonly Cells[], firstFull: number, width: number): boolean {
  const above = records[firstFull - 1];
  if (above?.cells.length !== width - 1 || above.cells.some((cell) => isValue(cell))) return false;
  return records.slice(firstFull).every(({ cells }) => cells.length < width || cells[width - 1]!.trim() === '');
}

function refuseShortHeader(above: Cells | undefined, width: number, first: Cells, name: string): void {
  if (!above || above.cells.length < 3 || above.cells.some((cell) => isValue(cell))) return;
  if (Math.abs(above.cells.length - width) > 1 || first.cells.at(-1)?.trim() === '') return;
  if (!first.cells.some((cell) => isValue(cell))) return;
  throw new DataRefused(
    `The header of ${name} (row ${above.number}) names ${above.cells.length} columns, but row ${first.number} has ${width} cells. Mend the header.`,
  );
}

function isValue(cell: string): boolean {
  return !Number.isNaN(numberOf(cell, '.')) || looksLikeTime(cell);
}

/**
 * A comma is the decimal mark where it is the last mark in some number, not before exactly three figures (which may be thousands) unless a
 * semicolon or tab divides cells, and where no number speaks for the point.
 */
function decimalMark(rows: readonly (readonly string[])[], delimiter: string): DecimalMark {
  let commas = 0;
  let dots = 0;
  for (const cells of rows) {
    for (const cell of cells) {
      const match = /^[+-]?\d[\d.,]*?([.,])(\d+)$/.exec(cell.trim());
      if (!match || looksLikeTime(cell)) continue;
      const isThree = match[2]!.length === 3;
      if (match[1] === '.') dots += isThree ? 0 : 1;
      else if (!isThree || delimiter === ';' || delimiter === '\t') commas++;
    }
  }
  return commas > 0 && dots === 0 ? ',' : '.';
}
