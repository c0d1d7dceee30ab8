import type { Failure } from '@quarry/contracts';
import { DataRefused, type ColumnCache } from '../datasets/index.js';
import type { BacktestJob } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { selectRange, selectSeries } from './select-series.js';

const prices = ['open', 'high', 'low', 'close', 'volume'];

/** The bars that a run uses: where their columns lie, and what the manifest says of them. */
export interface OpenedBars {
  readonly files: SeriesFiles;
  /** First and last bar time, µs UTC; null where the whole series is used. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Finds the bars that a job names, decoded into column files; a failure in words where there are none. */
export async function openBars(
  columns: ColumnCache,
  { dataset, options }: Pick<BacktestJob, 'dataset' | 'options'>,
): Promise<OpenedBars | Failure> {
  const series = selectSeries(dataset.info, options);
  if ('code' in series) return series;
  try {
    const names = [...new Set([...prices, ...series.columns])].filter((name) => series.columns.includes(name));
    const { symbol, interval, zone, length, files } = await columns.columns(
      dataset,
      series.symbol,
      series.interval,
      names,
    );
    const range = selectRange(files['time']!, length, options);
    if ('code' in range) return range;
    const zoneRows = { name: zone.name, from: [...zone.from], offsetMinutes: [...zone.offsetMinutes] };
    return {
      files: { symbol, interval, zone: zoneRows, first: range.first, length: range.length, files },
      from: range.from,
      to: range.to,
    };
  } catch (error) {
    if (error instanceof DataRefused) return error.failure;
    throw error;
  }
}
