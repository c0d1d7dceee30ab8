import { closeSync, openSync, readSync } from 'node:fs';
import type { BacktestOptions, DatasetInfo, Failure, SeriesInfo } from '@quarry/contracts';

/** Which of a dataset's series a run trades, by symbol: those it names, or the only one there is. */
export function selectSeries(info: DatasetInfo, options: BacktestOptions): readonly SeriesInfo[] | Failure {
  if (options.symbols === undefined) {
    const one = selectOne(info, options);
    return 'code' in one ? one : [one];
  }
  if (options.symbol !== undefined) {
    return refused(
      'bad-selection',
      `Both symbol and symbols are given. Leave out symbol, or name only ${options.symbol}.`,
    );
  }
  return selectSeveral(info, options.symbols, options.interval);
}

/** All of one interval: bars of different lengths in one account would give some symbols a closer look than others. */
function selectSeveral(
  { name, series }: DatasetInfo,
  symbols: 'all' | readonly string[],
  interval: string | undefined,
): readonly SeriesInfo[] | Failure {
  const wanted = symbols === 'all' ? null : new Set(symbols);
  const bars = series.filter((one) => one.interval !== 'tick');
  const named = bars.filter(({ symbol }) => wanted === null || wanted.has(symbol));
  const found = named.filter((one) => interval === undefined || one.interval === interval);
  const intervals = [...new Set(found.map((one) => one.interval))];
  if (intervals.length > 1) {
    return refused('bad-selection', `${name} has bars of ${intervals.join(', ')} of these symbols: name an interval.`);
  }
  const missing = [...(wanted ?? [])].filter((symbol) => !found.some((one) => one.symbol === symbol));
  if (missing.length > 0 || found.length === 0) {
    const what = [missing.slice(0, mostNamed).join(', '), interval].filter(Boolean).join(' ');
    return refused('bad-selection', `${name} has no bars of ${what || 'any symbol'}. It holds ${listOf(series)}.`);
  }
  return found.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function selectOne({ name, series }: DatasetInfo, { symbol, interval }: BacktestOptions): SeriesInfo | Failure {
  const named = series.filter(
    (one) => (symbol ?? one.symbol) === one.symbol && (interval ?? one.interval) === one.interval,
  );
  const bars = named.filter((one) => one.interval !== 'tick');
  if (bars.length === 1) return bars[0]!;

  const wanted = [symbol, interval].filter((part) => part !== undefined).join(' ');
  if (named.length === 1)
    return refused(
      'data-refused',
      `${name} holds ticks of ${named[0]!.symbol}: a backtest takes bars, so ingest it with an interval.`,
    );
  if (named.length === 0)
    return refused('bad-selection', `${name} has no series ${wanted}. It holds ${listOf(series)}.`);
  return refused(
    'bad-selection',
    `${name} holds several series${wanted && ` that are ${wanted}`}: name a symbol and an interval. It holds ${listOf(series)}.`,
  );
}

const mostNamed = 20;

function listOf(series: readonly SeriesInfo[]): string {
  const held = series.slice(0, mostNamed).map((one) => `${one.symbol} ${one.interval}`);
  return held.join(', ') + (series.length > held.length ? ` and ${series.length - held.length} more` : '');
}

/** A range of bars: the first of them and how many. */
export interface BarRange {
  readonly first: number;
  readonly length: number;
  /** Their first and last time, µs UTC. */
  readonly from: number;
  readonly to: number;
  /** Whether they are all that there are. */
  readonly isWhole: boolean;
}

/** The bars between two dates, both inclusive. A bare date names the whole day in UTC. `file` begins with the times. */
export function selectRange(file: string, rows: number, { from, to }: BacktestOptions): BarRange | Failure {
  const start = from === undefined ? -Infinity : startOf(from);
  const end = to === undefined ? Infinity : endOf(to);
  if (Number.isNaN(start)) return wrongDate('from', from);
  if (Number.isNaN(end)) return wrongDate('to', to);

  const times = new TimeFile(file);
  try {
    const first = times.countBefore(start, rows);
    const length = times.countBefore(end, rows) - first;
    if (length <= 0) {
      const span =
        rows === 0
          ? 'The series has none.'
          : `The series runs from ${iso(times.at(0))} to ${iso(times.at(rows - 1))}, UTC.`;
      return refused(
        'bad-selection',
        `There are no bars between ${from ?? 'the beginning'} and ${to ?? 'the end'}. ${span}`,
      );
    }
    return { first, length, from: times.at(first), to: times.at(first + length - 1), isWhole: length === rows };
  } finally {
    times.close();
  }
}

/** A file that begins with a column of times, read value by value: a search needs twenty of a million. */
class TimeFile {
  readonly #descriptor: number;
  readonly #value = new Float64Array(1);

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
  }

  at(index: number): number {
    readSync(this.#descriptor, new Uint8Array(this.#value.buffer), 0, 8, index * 8);
    return this.#value[0]!;
  }

  /** How many of the rows, which are in order, are earlier than the time. */
  countBefore(time: number, rows: number): number {
    let low = 0;
    let high = rows;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const bareDate = /^\d{4}-\d{2}-\d{2}$/;
const zoned = /(Z|[+-]\d{2}:?\d{2})$/;

/** µs, UTC; a time without a zone is UTC. NaN for what is no date. */
function startOf(text: string): number {
  return Date.parse(bareDate.test(text) || zoned.test(text) ? text : `${text}Z`) * 1000;
}

/** The first moment that is not within. */
function endOf(text: string): number {
  return bareDate.test(text) ? startOf(text) + 86_400_000_000 : startOf(text) + 1;
}

function iso(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 10);
}

function wrongDate(option: string, text: string | undefined): Failure {
  return {
    code: 'bad-selection',
    message: `"${text}" is not a date for "${option}": write it as 2019-12-31 or 2019-12-31T15:30.`,
    position: null,
    diagnostics: [],
  };
}

/** `bad-selection` where other options would find bars, `data-refused` where none would. */
function refused(code: 'bad-selection' | 'data-refused', message: string): Failure {
  return { code, message, position: null, diagnostics: [] };
}
