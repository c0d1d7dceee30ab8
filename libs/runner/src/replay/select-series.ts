import { closeSync, openSync, readSync } from 'node:fs';
import type { BacktestOptions, DatasetInfo, Failure, SeriesInfo } from '@quarry/contracts';

/** Which of a dataset's series a run trades: the one it names, or the only one there is. */
export function selectSeries(
  { name, series }: DatasetInfo,
  { symbol, interval }: BacktestOptions,
): SeriesInfo | Failure {
  const named = series.filter(
    (one) => (symbol ?? one.symbol) === one.symbol && (interval ?? one.interval) === one.interval,
  );
  const bars = named.filter((one) => one.interval !== 'tick');
  if (bars.length === 1) return bars[0]!;

  const wanted = [symbol, interval].filter((part) => part !== undefined).join(' ');
  const held = series.slice(0, 20).map((one) => `${one.symbol} ${one.interval}`);
  const list = held.join(', ') + (series.length > held.length ? ` and ${series.length - held.length} more` : '');
  if (named.length === 1)
    return refused(
      'data-refused',
      `${name} holds ticks of ${named[0]!.symbol}: a backtest takes bars, so ingest it with an interval.`,
    );
  if (named.length === 0) return refused('bad-parameters', `${name} has no series ${wanted}. It holds ${list}.`);
  return refused(
    'bad-parameters',
    `${name} holds several series${wanted && ` that are ${wanted}`}: name a symbol and an interval. It holds ${list}.`,
  );
}

/** A range of bars: the first of them and how many. */
export interface BarRange {
  readonly first: number;
  readonly length: number;
  /** Their first and last time, µs UTC; null where the whole series is used. */
  readonly from: number | null;
  readonly to: number | null;
}

/** The bars between two dates, both inclusive. A bare date names the whole day in UTC. */
export function selectRange(timeFile: string, rows: number, { from, to }: BacktestOptions): BarRange | Failure {
  const start = from === undefined ? -Infinity : startOf(from);
  const end = to === undefined ? Infinity : endOf(to);
  if (Number.isNaN(start)) return wrongDate('from', from);
  if (Number.isNaN(end)) return wrongDate('to', to);

  const times = new TimeFile(timeFile);
  try {
    const first = times.countBefore(start, rows);
    const length = times.countBefore(end, rows) - first;
    if (length <= 0) {
      const span =
        rows === 0
          ? 'The series has none.'
          : `The series runs from ${iso(times.at(0))} to ${iso(times.at(rows - 1))}, UTC.`;
      return refused(
        'bad-parameters',
        `There are no bars between ${from ?? 'the beginning'} and ${to ?? 'the end'}. ${span}`,
      );
    }
    const whole = length === rows;
    return { first, length, from: whole ? null : times.at(first), to: whole ? null : times.at(first + length - 1) };
  } finally {
    times.close();
  }
}

/** A column file of times, read value by value: a search needs twenty of a million. */
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
    code: 'bad-parameters',
    message: `"${text}" is not a date for "${option}": write it as 2019-12-31 or 2019-12-31T15:30.`,
    position: null,
    diagnostics: [],
  };
}

/** `bad-parameters` where other options would find bars, `data-refused` where none would. */
function refused(code: 'bad-parameters' | 'data-refused', message: string): Failure {
  return { code, message, position: null, diagnostics: [] };
}
