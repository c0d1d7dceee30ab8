import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions, type Manifest, type Report, type Reproduction, type StrategySource } from '@quarry/contracts';
import { readRows } from '../datasets/index.js';
import type { LocalDataset, Runner, RunHooks } from '../runner.js';
import { runChanges } from './run-changes.js';
import { firstOf, tradeWords } from './trade-words.js';

/** A recorded run, and what it is to be made again with. */
export interface ReproduceJob {
  readonly report: Report & { readonly manifest: Manifest };
  /** The orders.parquet that was written beside the report, if it is still there. */
  readonly ordersFile: string;
  readonly source: StrategySource;
  readonly dataset: LocalDataset;
}

/** Makes a recorded run again from its manifest, and tells where the two part. */
export async function reproduce(runner: Runner, job: ReproduceJob, hooks: RunHooks = {}): Promise<Reproduction> {
  const { report: recorded, source, dataset } = job;
  const options = optionsOf(recorded.manifest);
  const outcome = await runner.backtest({ source, strategyName: recorded.strategyName, dataset, options }, hooks);
  const { report: again } = outcome;
  const identical = again.failure === null && again.orderListHash === recorded.orderListHash;
  return {
    schema: 'quarry.reproduction/1',
    identical,
    failure: again.failure,
    recorded: { manifestHash: recorded.manifestHash, orderListHash: recorded.orderListHash },
    again: { manifestHash: again.manifestHash, orderListHash: again.orderListHash },
    changes: again.manifest ? runChanges(recorded.manifest, again.manifest) : [],
    firstDifference: identical || again.failure ? null : await firstDifference(job, outcome),
    metrics: again.failure ? [] : changedMetrics(recorded, again),
  };
}

/** The options that give a run its manifest. */
export function optionsOf({ data: [data], params, settings, profile, benchmark }: Manifest): BacktestOptions {
  const { symbols, interval, from, to } = data!;
  const iso = (at: number) => new Date(at / 1000).toISOString();
  return BacktestOptions.parse({
    ...(symbols.length === 1 ? { symbol: symbols[0] } : { symbols }),
    interval,
    ...(from !== null && { from: iso(from) }),
    ...(to !== null && { to: iso(to) }),
    ...{ params, settings, profile, benchmark },
  });
}

type Outcome = Awaited<ReturnType<Runner['backtest']>>;

async function firstDifference({ report, ordersFile }: ReproduceJob, outcome: Outcome) {
  if (!(await stat(ordersFile).catch(() => null))) {
    return named('trade', report.trades.map(tradeWords), outcome.report.trades.map(tradeWords));
  }
  const folder = await mkdtemp(join(tmpdir(), 'quarry-reproduce-'));
  try {
    await outcome.writeArtifacts(folder);
    const [was, is] = [await readRows(ordersFile), await readRows(join(folder, 'orders.parquet'))];
    return named('order', was.map(orderWords), is.map(orderWords));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function orderWords(row: Readonly<Record<string, unknown>>): string {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== 'NaN')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function named(of: 'order' | 'trade', was: readonly string[], is: readonly string[]): Reproduction['firstDifference'] {
  const first = firstOf(was, is);
  return first && { of, index: first.index, recorded: first.a, again: first.b };
}

function changedMetrics(recorded: Report, again: Report): Reproduction['metrics'] {
  return recorded.metrics.flatMap(({ id, label, value }) => {
    const other = again.metrics.find((metric) => metric.id === id)?.value ?? 'NaN';
    return Object.is(Number(value), Number(other)) ? [] : [{ id, label, recorded: value, again: other }];
  });
}
