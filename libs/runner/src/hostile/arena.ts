import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions, type LogLine, type Report, type StrategySource, type Wall } from '@quarry/contracts';
import { createRunner } from '../create-runner.js';
import { ingestFile } from '../datasets/index.js';
import type { LocalDataset, Runner, RunLimits } from '../runner.js';
import { watchChildren } from './watch-children.js';

/** How one run went, seen from outside. */
export interface Bout {
  readonly report: Report;
  /** From the end of compiling to the answer, milliseconds. */
  readonly ms: number;
  /** The most memory any child of this process held meanwhile, MiB. */
  readonly peakMb: number;
  readonly log: readonly LogLine[];
}

/** A runner with data of its own, to let strategies loose in. */
export class Arena {
  readonly runner: Runner;
  readonly dataset: LocalDataset;
  /** Where the runner keeps its files. */
  readonly directory: string;

  private constructor(runner: Runner, dataset: LocalDataset, directory: string) {
    this.runner = runner;
    this.dataset = dataset;
    this.directory = directory;
  }

  static async open(limits: RunLimits, { bars = 300, spares = 1, wallMax = 'full' as Wall } = {}): Promise<Arena> {
    const directory = await mkdtemp(join(tmpdir(), 'quarry-arena-'));
    const file = join(directory, 'walk.csv');
    await writeFile(file, randomWalk(bars));
    const dataset = await ingestFile(file, { name: 'walk' }, join(directory, 'walk'));
    if ('code' in dataset) throw new Error(dataset.message);
    const runner = await createRunner({ directory, limits, wallMin: 'none', wallMax, spares });
    return new Arena(runner, dataset, directory);
  }

  async fight(source: StrategySource, options: Partial<BacktestOptions> = {}, signal?: AbortSignal): Promise<Bout> {
    const children = await watchChildren();
    let started = performance.now();
    const log: LogLine[] = [];
    try {
      const job = { source, strategyName: 'h', dataset: this.dataset, options: BacktestOptions.parse(options) };
      const { report } = await this.runner.backtest(job, {
        onLog: (lines) => log.push(...lines),
        onProgress: (phase, done) => {
          if (phase === 'run' && done === 0) started = performance.now();
        },
        ...(signal && { signal }),
      });
      return { report, ms: performance.now() - started, peakMb: await children.stop(), log };
    } finally {
      await children.stop();
    }
  }

  async close(): Promise<void> {
    await this.runner.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Daily bars of a seeded walk, as a CSV. */
function randomWalk(bars: number): string {
  const lines = ['date,open,high,low,close,volume'];
  let state = 7;
  let close = 100;
  for (let day = 0; day < bars; day++) {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    const open = close;
    close = open * (1 + (state / 2 ** 31 - 0.5) * 0.04);
    const prices = [open, Math.max(open, close) * 1.005, Math.min(open, close) * 0.995, close].map((price) =>
      price.toFixed(4),
    );
    lines.push(`${new Date(Date.UTC(2010, 0, 1 + day)).toISOString().slice(0, 10)},${prices.join(',')},1000`);
  }
  return `${lines.join('\n')}\n`;
}
