import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { basketOf, type BacktestResult, type Bars } from '@quarry/engine/host';
import { writeParquet } from '../datasets/index.js';
import type { ArtifactFile } from '../runner.js';
import { writeChart } from './chart-file.js';
import { writeCsv } from './csv-file.js';
import { drawdownCurve } from './drawdown-curve.js';
import { equityTable, fillsTable, ordersTable, tradesTable } from './result-tables.js';

const contentTypes = {
  'equity.parquet': 'application/vnd.apache.parquet',
  'trades.parquet': 'application/vnd.apache.parquet',
  'orders.parquet': 'application/vnd.apache.parquet',
  'fills.parquet': 'application/vnd.apache.parquet',
  'equity.csv': 'text/csv; charset=utf-8',
  'trades.csv': 'text/csv; charset=utf-8',
  'chart.arrow': 'application/octet-stream',
  'chart.json': 'application/json',
} as const;

/**
 * Writes a result's tables into a folder: equity, trades, orders and fills as Parquet, equity and trades as CSV, and `chart.arrow` with its
 * index `chart.json` for drawing. The account's clock and the chart are those of the bars,
 * of several series those of all together; the bars that trades, orders and fills name are each series' own.
 */
export async function writeTables(
  result: BacktestResult,
  bars: readonly Bars[],
  directory: string,
): Promise<ArtifactFile[]> {
  const clock = basketOf(bars);
  await mkdir(directory, { recursive: true });
  const drawdown = drawdownCurve(result.equity);
  const equity = equityTable(result, clock.time, drawdown);
  const trades = tradesTable(result.trades, bars);
  const orders = ordersTable(result.orders, bars);
  const fills = fillsTable(result.fills, result.orders, bars);

  await writeParquet(join(directory, 'equity.parquet'), equity.rows, equity.columns);
  await writeParquet(join(directory, 'trades.parquet'), trades.rows, trades.columns);
  await writeParquet(join(directory, 'orders.parquet'), orders.rows, orders.columns);
  await writeParquet(join(directory, 'fills.parquet'), fills.rows, fills.columns);
  await writeCsv(join(directory, 'equity.csv'), equity);
  await writeCsv(join(directory, 'trades.csv'), trades);
  await writeChart(directory, clock, result.equity, drawdown);
  return Promise.all(
    Object.entries(contentTypes).map(async ([name, contentType]) => {
      const path = join(directory, name);
      return { name, path, bytes: (await stat(path)).size, contentType };
    }),
  );
}
