import type { CsvRecord } from './csv-records.js';
import type { Layout } from './layout.js';
import { cellText, isBlank } from './read-number.js';
import { Refusals } from './refusals.js';
import { RowReader, type RowForm } from './row-reader.js';
import type { RowTable } from './row-table.js';

/** One symbol's part of a record. */
interface Part {
  readonly places: readonly number[];
  readonly reader: RowReader;
}

/** Reads records that hold a row of each of several symbols. Where all cells of one are blank, it has no row there. */
export class WideRows {
  readonly #parts: readonly Part[];

  constructor(symbols: readonly { readonly layout: Layout; readonly form: RowForm }[]) {
    this.#parts = symbols.map(({ layout, form }) => ({
      places: [...layout.required, ...layout.optional].map(({ place }) => place),
      reader: new RowReader(layout, form),
    }));
  }

  read(record: CsvRecord): boolean {
    const { bytes, starts, ends, count } = record;
    const isBlankAt = (place: number) => place >= count || isBlank(cellText(bytes, starts[place]!, ends[place]!));
    for (const { places, reader } of this.#parts) if (!places.every(isBlankAt)) reader.read(record);
    return true;
  }

  table(more: Pick<RowTable, 'reading' | 'statedZone' | 'notes'>): RowTable {
    const [first, ...others] = this.#parts.map(({ reader }) => reader.table(more));
    return others.reduce(joined, first!);
  }
}

function joined(a: RowTable, b: RowTable): RowTable {
  const refusals = new Refusals();
  for (const { count, list } of [a.refusals, b.refusals]) {
    for (const { row, reason, text } of list) refusals.add(row, reason, text);
    refusals.count += count - list.length;
  }
  return {
    ...a,
    series: [...a.series, ...b.series],
    refusals,
    rowsRead: a.rowsRead + b.rowsRead,
    flooredTimes: a.flooredTimes + b.flooredTimes,
    datesOnly: a.datesOnly && b.datesOnly,
    notes: [...new Set([...a.notes, ...b.notes])],
  };
}
