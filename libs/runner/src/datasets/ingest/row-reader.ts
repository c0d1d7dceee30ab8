import { textOfCell } from '../../tables/csv-text.js';
import { DataRefused } from '../data-refused.js';
import type { CsvRecord } from './csv-records.js';
import type { Layout, NumberColumn } from './layout.js';
import { cellText, isBlank, numberOf, readNumber, type DecimalMark } from './read-number.js';
import { addClock, timeReader, type TimeFormat, type TimeRead } from './read-time.js';
import { Refusals } from './refusals.js';
import { mostRows, refuseTooManyRows } from './row-limit.js';
import type { RowTable } from './row-table.js';
import { SeriesBuilder } from './series-builder.js';

const mostSymbols = 20_000;

export interface RowForm {
  readonly format: TimeFormat;
  readonly mark: DecimalMark;
  /** Cells that a row must have. */
  readonly width: number;
  /** The series' symbol where no column names it. */
  readonly symbol: string;
  /** First rows, which tell the further columns that hold numbers. */
  readonly sampleRows: readonly (readonly string[])[];
  /** Whether rows hold several symbols, of which one that came later is blank in the first rows. */
  readonly isWide: boolean;
}

/** Reads a file's records into series, or refuses them one by one with a reason. */
export class RowReader {
  readonly #series = new Map<string, SeriesBuilder>();
  readonly #refusals = new Refusals();
  readonly #time: TimeRead = { stamp: 0, offset: NaN, hasTime: false, floored: false };
  readonly #readTime: ReturnType<typeof timeReader>;
  readonly #optional: readonly NumberColumn[];
  readonly #names: readonly string[];
  readonly #values: Float64Array;
  readonly #notes: string[] = [];
  readonly #unread: number[];
  readonly #mostRows: number;
  #rowsRead = 0;
  #floored = 0;
  #zoned = 0;
  #zoneless = 0;
  #datesOnly = true;

  constructor(
    private readonly layout: Layout,
    private readonly form: RowForm,
  ) {
    this.#readTime = timeReader(form.format, this.#time);
    this.#optional = layout.optional.filter((column) => this.#holdsNumbers(column));
    const dropped = layout.optional.filter((column) => !this.#optional.includes(column));
    if (dropped.length > 0) {
      this.#notes.push(
        `Left out, since not numbers: ${dropped.map(({ title }) => title.trim() || '(blank)').join(', ')}.`,
      );
    }
    this.#names = [...layout.required, ...this.#optional].map(({ name }) => name);
    this.#values = new Float64Array(this.#names.length);
    this.#mostRows = mostRows(this.#values.length);
    this.#unread = this.#optional.map(() => 0);
  }

  /** Takes or refuses one record. Answers true: it wants all of them. */
  read(record: CsvRecord): boolean {
    refuseTooManyRows(++this.#rowsRead, this.#mostRows);
    const reason = this.#take(record);
    if (reason !== null) {
      const { bytes, starts, ends, count, number } = record;
      this.#refusals.add(number, reason, cellText(bytes, starts[0]!, ends[count - 1]!));
    }
    return true;
  }

  table(more: Pick<RowTable, 'reading' | 'statedZone' | 'notes'>): RowTable {
    const unread = this.#optional.flatMap(({ title }, k) =>
      this.#unread[k]! > 0
        ? [`${this.#unread[k]} values of ${title.trim()} are no numbers and stand as undefined.`]
        : [],
    );
    const mixed =
      this.#zoned > 0 && this.#zoneless > 0
        ? [`${this.#zoneless} times state no zone among others that do; they are read in the dataset's zone.`]
        : [];
    return {
      layout: { ...this.layout, optional: this.#optional },
      reading: more.reading,
      series: [...this.#series.values()],
      refusals: this.#refusals,
      rowsRead: this.#rowsRead,
      mergedRows: 0,
      flooredTimes: this.#floored,
      datesOnly: this.#datesOnly,
      statedZone: more.statedZone,
      notes: [...more.notes, ...this.layout.notes, ...this.#notes, ...mixed, ...unread],
    };
  }

  /** Null where the row was taken, else why not. */
  #take(record: CsvRecord): string | null {
    const { bytes, starts, ends, count } = record;
    const { layout, form } = this;
    if (count !== form.width) {
      const trailing = count === form.width + 1 && isBlank(cellText(bytes, starts[count - 1]!, ends[count - 1]!));
      if (!trailing) return `has ${count} ${count === 1 ? 'cell' : 'cells'}, not ${form.width}`;
    }
    const time = this.#time;
    const cell = (place: number) => cellText(bytes, starts[place]!, ends[place]!).trim();
    if (!this.#readTime(bytes, starts[layout.time]!, ends[layout.time]!)) {
      const text = cell(layout.time);
      return isBlank(text) ? 'has no time' : `has the time ${quoted(text)}, which is none`;
    }
    if (layout.clock !== null && !addClock(cell(layout.clock), time)) {
      return `has the clock time ${quoted(cell(layout.clock))}, which is none`;
    }
    const values = this.#values;
    const { required } = layout;
    for (let k = 0; k < required.length; k++) {
      const { place, name } = required[k]!;
      const value = readNumber(bytes, starts[place]!, ends[place]!, form.mark);
      if (value !== value) return this.#whyNoNumber(name, cell(place));
      values[k] = value;
    }
    for (let k = 0; k < this.#optional.length; k++) {
      const { place, name } = this.#optional[k]!;
      const value = readNumber(bytes, starts[place]!, ends[place]!, form.mark);
      if (value !== value && !isBlank(cell(place))) {
        if (name === 'volume') return this.#whyNoNumber(name, cell(place));
        this.#unread[k]!++;
      }
      if (name === 'volume' && value < 0) return `has the volume ${cell(place)}, which is negative`;
      values[required.length + k] = value;
    }
    const builder = this.#builder(layout.symbol === null ? form.symbol : textOfCell(cell(layout.symbol)));
    if (!builder) return 'has no symbol';
    if (time.floored) this.#floored++;
    if (Number.isNaN(time.offset)) this.#zoneless++;
    else this.#zoned++;
    if (time.hasTime) this.#datesOnly = false;
    builder.add(time.stamp, time.offset, record.number, values);
    return null;
  }

  #whyNoNumber(name: string, text: string): string {
    if (isBlank(text)) return `has no ${name}`;
    if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
      return `has the ${name} ${quoted(text)}, which is larger than any number here`;
    return `has the ${name} ${quoted(text)}, which is no number`;
  }

  #builder(symbol: string): SeriesBuilder | null {
    const known = this.#series.get(symbol);
    if (known) return known;
    if (symbol === '') return null;
    if (this.#series.size >= mostSymbols) throw new DataRefused(`The file has more than ${mostSymbols} symbols.`);
    const made = new SeriesBuilder(symbol.slice(0, 100), this.#names);
    this.#series.set(symbol, made);
    return made;
  }

  #holdsNumbers({ place, name }: NumberColumn): boolean {
    if (name === 'volume') return true;
    const cells = this.form.sampleRows.map((row) => row[place] ?? '').filter((text) => !isBlank(text));
    return (
      (cells.length > 0 || this.form.isWide) && cells.every((text) => !Number.isNaN(numberOf(text, this.form.mark)))
    );
  }
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
