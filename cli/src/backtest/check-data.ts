import type { BacktestOptions, SeriesInfo } from '@quarry/contracts';
import { moment } from '@quarry/contracts';
import type { LocalDataset } from '@quarry/runner';
import { orList } from '../flags/number.js';
import { UsageError } from '../usage-error.js';

/** Refuses a symbol, bar length or range that the dataset does not have, before anything runs. */
export function checkAgainstData(options: BacktestOptions, { info }: Pick<LocalDataset, 'info'>): void {
  const { symbol, symbols, interval } = options;
  const named = new Set(symbols === 'all' ? [] : (symbols ?? (symbol === undefined ? [] : [symbol])));
  const bySymbol = info.series.filter((series) => named.size === 0 || named.has(series.symbol));
  const missing = [...named].filter((name) => !bySymbol.some((series) => series.symbol === name));
  if (symbols !== undefined && missing.length > 0) {
    throw new UsageError(
      `--symbols: ${orList(missing)} is not in dataset ${info.name}. It has ${listed(info.series, 'symbol')}.`,
    );
  }
  if (bySymbol.length === 0 && symbol !== undefined) {
    throw new UsageError(
      `--symbol "${symbol}" is not in dataset ${info.name}. It has ${listed(info.series, 'symbol')}.`,
    );
  }
  const found = bySymbol.filter((series) => interval === undefined || series.interval === interval);
  if (found.length === 0 && interval !== undefined) {
    throw new UsageError(
      `--interval ${interval} is not in dataset ${info.name}. It has ${listed(bySymbol, 'interval')}.`,
    );
  }
  if (found.length > 0) checkDates(options, found, info.name);
}

function checkDates({ from, to }: BacktestOptions, series: readonly SeriesInfo[], name: string): void {
  const first = Math.min(...series.map((one) => one.from));
  const last = Math.max(...series.map((one) => one.to));
  const has = `Dataset ${name} has bars from ${moment(first)} to ${moment(last)} (UTC).`;
  const day = 86_400e6;
  if (from !== undefined && Date.parse(from) * 1000 > last + day)
    throw new UsageError(`--from ${from} is after all bars. ${has}`);
  if (to !== undefined && Date.parse(to) * 1000 + day <= first)
    throw new UsageError(`--to ${to} is before all bars. ${has}`);
}

function listed(series: readonly SeriesInfo[], key: 'symbol' | 'interval'): string {
  const names = [...new Set(series.map((one) => one[key]))].sort();
  return names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : orList(names);
}
