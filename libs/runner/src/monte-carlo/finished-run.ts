import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Report, type ParamValues } from '@quarry/contracts';
import { readParquetColumns } from '../datasets/read-parquet.js';

/** What path methods draw from: what an account and its trades did. */
export interface FinishedRun {
  readonly strategyName: string;
  readonly params: ParamValues;
  readonly manifestHash: string | null;
  /** Of the account between samples, and which samples: for the screen. */
  readonly returns: Float64Array;
  readonly basis: string;
  /** Of each closed trade in the order of exits: its net P&L over what the account had made of its cash before. */
  readonly tradeReturns: Float64Array;
}

const day = 86_400e6;

/**
 * A backtest out of the folder that it was written to. Bars within a day are taken at the close of each UTC day.
 * @throws RangeError in a sentence where the folder holds no backtest that succeeded
 */
export async function readFinishedRun(directory: string): Promise<FinishedRun> {
  const report = await readReport(directory);
  const { manifest } = report;
  if (report.failure || !manifest) throw new RangeError(`The backtest in "${directory}" failed; run it again first.`);
  const [time, equity] = (await readColumns(directory, 'equity.parquet', ['time', 'equity'])) as [number[], number[]];
  const [pnl, open] = (await readColumns(directory, 'trades.parquet', ['pnl', 'open'])) as [number[], number[]];
  const isIntraday = /[smh]$/.test(report.bars?.interval ?? '');
  const sampled = equity.filter(
    (_, i) => !isIntraday || i + 1 === time.length || dayOf(time[i]!) < dayOf(time[i + 1]!),
  );
  let account = manifest.settings.cash;
  const tradeReturns = pnl.flatMap((gain, i) => {
    if (open[i] === 1) return [];
    const before = account;
    account += gain;
    return before > 0 ? gain / before : 0;
  });
  return {
    strategyName: report.strategyName,
    params: manifest.params,
    manifestHash: report.manifestHash,
    returns: Float64Array.from(sampled.slice(1), (value, i) => value / sampled[i]! - 1),
    basis: isIntraday ? 'closes of UTC days' : `closes of ${report.bars?.interval ?? ''} bars`,
    tradeReturns: Float64Array.from(tradeReturns),
  };
}

async function readReport(directory: string): Promise<Report> {
  const text = await readFile(join(directory, 'report.json'), 'utf8').catch(() => null);
  let json: unknown = null;
  try {
    json = JSON.parse(text ?? 'null');
  } catch {
    // Told below.
  }
  const parsed = Report.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RangeError(
    `"${directory}" holds no report of a backtest. Write one with quarry backtest … --out ${directory}, or name a strategy and --data.`,
  );
}

async function readColumns(directory: string, file: string, names: readonly string[]): Promise<number[][]> {
  const columns = names.map((): number[] => []);
  try {
    await readParquetColumns(join(directory, file), names, ['time'], (chunk, rows) =>
      chunk.forEach((values, c) => {
        for (let row = 0; row < rows; row++) columns[c]!.push(values[row]!);
      }),
    );
  } catch {
    throw new RangeError(
      `"${join(directory, file)}" cannot be read. Write the report again with quarry backtest --out.`,
    );
  }
  return columns;
}

function dayOf(time: number): number {
  return Math.floor(time / day);
}
