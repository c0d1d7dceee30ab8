import type { BarSeries } from './bar-series.js';
import type { Interval } from './bars.js';

/**
 * A series of the run by its symbol, and by its interval where the symbol has several.
 * @throws RangeError where the run has no such series, or several; it names those that there are.
 */
export type SeriesLookup = (symbol: string, interval?: Interval) => BarSeries;

const mostNamed = 20;

export function seriesLookup(series: readonly BarSeries[]): SeriesLookup {
  const bySymbol = new Map<string, BarSeries[]>();
  for (const one of series) {
    const same = bySymbol.get(one.symbol);
    if (same) same.push(one);
    else bySymbol.set(one.symbol, [one]);
  }
  return (symbol, interval) => {
    const same = bySymbol.get(symbol) ?? [];
    const found = interval === undefined ? same : same.filter((one) => one.interval === interval);
    if (found.length === 1) return found[0]!;
    if (same.length === 0) {
      throw new RangeError(`symbol: this run has no "${String(symbol)}". It has ${named([...bySymbol.keys()])}.`);
    }
    const intervals = named(same.map((one) => one.interval));
    if (found.length === 0) {
      throw new RangeError(
        `symbol: ${symbol} has no bars of ${String(interval)}. It has ${intervals}; resample makes longer ones.`,
      );
    }
    throw new RangeError(`symbol: ${symbol} has bars of ${intervals}: name the interval too.`);
  };
}

function named(names: readonly string[]): string {
  const first = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${first} and ${names.length - mostNamed} more` : first;
}
