import type { CorporateAction } from '@quarry/contracts';
import { actionColumns } from '@quarry/engine/host';
import { DataRefused } from '../data-refused.js';
import { dayMicros } from './read-time.js';
import type { NamedColumn } from './series-columns.js';

/** A series that actions are to be put into; `local` are its bars' starts in the dataset's zone, ascending. */
export interface DatedSeries {
  readonly symbol: string;
  readonly local: Float64Array;
  readonly columns: readonly NamedColumn[];
}

/**
 * Actions as columns of the series they are of, in place of what the series had of their kind. A split or dividend
 * stands at the first bar of its date or later, a delisting at the last bar of its date or before. Answers the columns by
 * series, and how many actions lie before or after all bars and were left out. Throws DataRefused for those that cannot be.
 */
export function withActions(
  series: readonly DatedSeries[],
  actions: readonly CorporateAction[],
): { readonly columns: readonly (readonly NamedColumn[])[]; readonly leftOut: number } {
  const bySymbol = new Map(series.map((one) => [one.symbol, new ActionColumns(one)]));
  let leftOut = 0;
  for (const action of actions) {
    const columns = bySymbol.get(action.symbol ?? onlySymbol(series, action));
    if (!columns) throw new DataRefused(unknownSymbol(series, action));
    if (!columns.take(action)) leftOut++;
  }
  const used = new Set([...bySymbol.values()].flatMap((columns) => columns.used));
  return { columns: series.map(({ symbol }) => bySymbol.get(symbol)!.columns(used)), leftOut };
}

class ActionColumns {
  readonly #series: DatedSeries;
  readonly #close: Float64Array;
  readonly #splits: Float64Array;
  readonly #dividends: Float64Array;
  readonly #delisting: Float64Array;
  readonly #made: Readonly<Record<string, Float64Array>>;

  constructor(series: DatedSeries) {
    const { length } = series.local;
    this.#series = series;
    this.#close = series.columns.find(({ name }) => name === 'close')!.values;
    this.#splits = new Float64Array(length);
    this.#dividends = new Float64Array(length);
    this.#delisting = new Float64Array(length).fill(NaN);
    this.#made = {
      [actionColumns.splits]: this.#splits,
      [actionColumns.dividends]: this.#dividends,
      [actionColumns.delisting]: this.#delisting,
    };
  }

  /** Answers whether the action falls among the bars. */
  take(action: CorporateAction): boolean {
    const { local, symbol } = this.#series;
    const day = Date.parse(`${action.date}T00:00:00Z`) * 1000;
    if (action.type === 'delisting') {
      const next = local.findIndex((start) => start >= day + dayMicros);
      if (next >= 0)
        throw new DataRefused(
          `${symbol} has bars after its delisting on ${action.date}. Correct the date, or cut the bars.`,
        );
      this.#delisting[local.length - 1] = action.value ?? this.#close.at(-1)!;
      return local.length > 0;
    }
    const bar = local.findIndex((start) => start >= day);
    const isBefore = bar === 0 && local[0]! >= day + dayMicros;
    if (bar < 0 || isBefore) return false;
    const value = action.value!;
    if (action.type === 'split') this.#splits[bar] = (this.#splits[bar] || 1) * value;
    else this.#dividends[bar]! += value;
    return true;
  }

  /** The kinds that the series has, by column. */
  get used(): readonly string[] {
    return Object.entries(this.#made).flatMap(([name, values]) =>
      values.some((value) => (name === actionColumns.delisting ? value >= 0 : value > 0)) ? [name] : [],
    );
  }

  /** The series' columns with those of the actions that any series has, so that all of a file are alike. */
  columns(used: ReadonlySet<string>): NamedColumn[] {
    const given = this.#series.columns.filter(({ name }) => !Object.hasOwn(this.#made, name));
    const made = Object.entries(this.#made).filter(([name]) => used.has(name));
    return [...given, ...made.map(([name, values]) => ({ name, values }))];
  }
}

function onlySymbol(series: readonly DatedSeries[], { type, date }: CorporateAction): string {
  if (series.length === 1) return series[0]!.symbol;
  throw new DataRefused(
    `The ${type} on ${date} names no symbol, and the file holds ${series.length}. Give the actions a column symbol.`,
  );
}

function unknownSymbol(series: readonly DatedSeries[], { type, date, symbol }: CorporateAction): string {
  const names = series.slice(0, 10).map((one) => one.symbol);
  const more = series.length > names.length ? ` and ${series.length - names.length} more` : '';
  return `The ${type} on ${date} is of ${symbol}, which the file does not hold. It holds ${names.join(', ')}${more}.`;
}
