import type { Layout } from './layout.js';
import { setEpoch, timeReader, type TimeFormat, type TimeRead } from './read-time.js';
import { Refusals } from './refusals.js';
import { mostRows, refuseTooManyRows } from './row-limit.js';
import type { RowTable } from './row-table.js';
import { SeriesBuilder } from './series-builder.js';

/** How a column of times is read: as whole steps of an epoch, or as text. */
export interface TimeColumn {
  readonly format: TimeFormat;
  readonly isUtc: boolean;
  readonly isDate: boolean;
  readonly note: string | null;
}

/** Some rows of a file that stores columns. */
export interface ColumnChunk {
  readonly rows: number;
  /** Steps of an epoch, or text; null or blank where there is none. */
  time(row: number): bigint | string | null;
  symbol(row: number): string;
  /** Those that the layout requires, then its optional ones; NaN where there is none. */
  readonly numbers: readonly ArrayLike<number>[];
}

type Rows = Pick<RowTable, 'series' | 'refusals' | 'rowsRead' | 'mergedRows' | 'flooredTimes' | 'datesOnly'>;

/** Takes the rows of a file that stores columns into series, or refuses them one by one. They count from 1, since there is no header. */
export class ColumnRows {
  readonly #series = new Map<string, SeriesBuilder>();
  readonly #refusals = new Refusals();
  readonly #time: TimeRead = { stamp: 0, offset: NaN, hasTime: false, floored: false };
  readonly #readText: ReturnType<typeof timeReader>;
  readonly #names: readonly string[];
  readonly #values: Float64Array;
  #row = 0;
  #floored = 0;
  #datesOnly = true;

  constructor(
    private readonly layout: Layout,
    private readonly times: TimeColumn,
  ) {
    this.#readText = timeReader(times.format, this.#time);
    this.#names = [...layout.required, ...layout.optional].map(({ name }) => name);
    this.#values = new Float64Array(this.#names.length);
  }

  take({ rows, time, symbol, numbers }: ColumnChunk): void {
    refuseTooManyRows(this.#row + rows, mostRows(this.#values.length));
    for (let i = 0; i < rows; i++) {
      this.#row++;
      for (let k = 0; k < numbers.length; k++) this.#values[k] = numbers[k]![i]!;
      const cell = time(i);
      const name = symbol(i);
      const reason = this.#reasonAgainst(cell, name);
      if (reason === null) this.#add(name);
      else this.#refusals.add(this.#row, reason, [cell ?? '', ...this.#values].join(', '));
    }
  }

  table(): Rows {
    return {
      series: [...this.#series.values()],
      refusals: this.#refusals,
      rowsRead: this.#row,
      mergedRows: 0,
      flooredTimes: this.#floored,
      datesOnly: this.#datesOnly,
    };
  }

  #reasonAgainst(cell: bigint | string | null, symbol: string): string | null {
    const { required, optional } = this.layout;
    if (!this.#readTime(cell)) return 'has no time';
    const lacking = required.find((_, k) => !Number.isFinite(this.#values[k]));
    if (lacking) return `has no number for ${lacking.name}`;
    const volume = this.#values[required.length]!;
    if (optional[0]?.name === 'volume' && volume < 0) return `has the volume ${volume}, which is negative`;
    return symbol === '' ? 'has no symbol' : null;
  }

  #readTime(cell: bigint | string | null): boolean {
    const { format, isUtc } = this.times;
    if (typeof cell === 'string') {
      const bytes = Buffer.from(cell);
      return this.#readText(bytes, 0, bytes.length);
    }
    if (cell === null || format.kind !== 'epoch' || !setEpoch(cell, 0, format.unit, this.#time)) return false;
    if (!isUtc) this.#time.offset = NaN;
    return true;
  }

  #add(symbol: string): void {
    const { stamp, offset, hasTime, floored } = this.#time;
    if (floored) this.#floored++;
    if (hasTime && !this.times.isDate) this.#datesOnly = false;
    let builder = this.#series.get(symbol);
    if (!builder) {
      builder = new SeriesBuilder(symbol.slice(0, 100), this.#names);
      this.#series.set(symbol, builder);
    }
    builder.add(stamp, offset, this.#row, this.#values);
  }
}
