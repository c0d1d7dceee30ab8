import type { Failure, SeriesInfo } from '@quarry/contracts';
import { DataRefused, type ColumnCache } from '../datasets/index.js';
import type { BacktestJob } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { pricesRefusal } from './prices-refusal.js';
import { selectRange, selectSeries, type BarRange } from './select-series.js';

/** The bars that a run uses: where their columns lie, and what the manifest says of them. */
export interface OpenedBars {
  /** In order of their symbols. */
  readonly series: readonly SeriesFiles[];
  /** First and last bar time of all, µs UTC; null where every series is used whole. */
  readonly from: number | null;
  readonly to: number | null;
  /** Symbols of the run that have no bars in its range. */
  readonly absent: readonly string[];
}

/** Finds the bars that a job names, decoded into files; a failure in words where there are none. */
export async function openBars(
  columns: ColumnCache,
  { dataset, options }: Pick<BacktestJob, 'dataset' | 'options'>,
): Promise<OpenedBars | Failure> {
  const chosen = selectSeries(dataset.info, options);
  if ('code' in chosen) return chosen;
  if (chosen.length > 1 && options.profile === 'btpy') return oneSymbolOnly(chosen);
  const prices = options.prices ?? dataset.info.prices ?? 'as-stored';
  const refused = pricesRefusal(dataset.info, prices);
  if (refused) return refused;
  try {
    const series: SeriesFiles[] = [];
    const ranges: BarRange[] = [];
    const absent: string[] = [];
    let refusal: Failure | null = null;
    for (const { symbol, interval } of chosen) {
      const { zone, ...cached } = await columns.series(dataset, symbol, interval, prices);
      const range = selectRange(cached.file, cached.rows, options);
      if ('code' in range) {
        refusal ??= range;
        absent.push(symbol);
        continue;
      }
      const zoneRows = { name: zone.name, from: [...zone.from], offsetMinutes: [...zone.offsetMinutes] };
      series.push({ ...cached, zone: zoneRows, first: range.first, length: range.length });
      ranges.push(range);
    }
    if (refusal && series.length === 0) return refusal;
    return { series, ...spanOf(ranges), absent };
  } catch (error) {
    if (error instanceof DataRefused) return error.failure;
    throw error;
  }
}

function spanOf(ranges: readonly BarRange[]): { readonly from: number | null; readonly to: number | null } {
  if (ranges.every(({ isWhole }) => isWhole)) return { from: null, to: null };
  return {
    from: ranges.reduce((least, { from }) => Math.min(least, from), Infinity),
    to: ranges.reduce((most, { to }) => Math.max(most, to), -Infinity),
  };
}

function oneSymbolOnly(chosen: readonly SeriesInfo[]): Failure {
  return {
    code: 'bad-parameters',
    message: `Profile btpy measures as backtesting.py does, which knows one symbol; this run has ${chosen.length}. Choose profile v1.`,
    position: null,
    diagnostics: [],
  };
}
