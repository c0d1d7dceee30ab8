import { readFile } from 'node:fs/promises';
import { Compiler } from '../../libs/runner/dist/compile/compiler.js';
import { setFlagsFromString } from 'node:v8';
import { engineFlags } from '../../libs/runner/dist/v8-flags.js';
import { Follower } from '../../libs/runner/dist/replay/settle.js';
import { warmUpReplay } from '../../libs/runner/dist/replay/warm-up.js';
import { defaultSettings } from '../../libs/engine/dist/host.js';

/** Workload W1's settings: money for every trade, fills at the next open, a fee of 0.1 %. */
export const settings = {
  ...defaultSettings,
  cash: 1e7,
  commission: { kind: 'fraction', rate: 0.001 },
};
export const params = { fast: 10, slow: 30 };

/** A workload's strategy, W1's where none is named, as the sandbox takes it: compiled by the runner's own compiler. */
export async function guestJob(file = new URL('strategies/crossover.ts', import.meta.url), given = params) {
  const source = { entry: 'strategy.ts', files: { 'strategy.ts': await readFile(file, 'utf8') } };
  const compiler = new Compiler();
  try {
    const { script, diagnostics } = await compiler.compile(source);
    if (!script) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    return { script: script.code, settings, params: given };
  } finally {
    compiler.close();
  }
}

/** Bars as the host's replay finds them, of one series or of several. */
export function hostBars(series, interval = '1m') {
  const zone = { name: 'UTC', from: Float64Array.of(-Infinity), offsetMinutes: Float64Array.of(0) };
  return series.map((columns, index) => ({
    ...{ symbol: `BENCH${index}`, interval, zone, length: columns.close.length, extra: {} },
    ...columns,
  }));
}

/** The host's part of a run in a thread that is warm, as the runner's: replay of the tape, comparison, metrics, report. */
export class Host {
  #bars;
  #previous = null;
  /** The last run's blocks, and what its child answered. */
  #last = { blocks: [], outcome: null };

  constructor(bars) {
    this.#bars = bars;
    for (const flag of engineFlags) setFlagsFromString(flag);
    warmUpReplay();
  }

  /** A whole run of the guest in a child, followed while it goes on; answers what the child says at the end. */
  async run(child, message) {
    const follower = this.#follower();
    const blocks = [];
    const answer = await child.ask(message, (block) => {
      blocks.push(block);
      follower.take(block);
    });
    if (answer.outcome.failure) throw new Error(`The strategy failed: ${answer.outcome.failure.message}`);
    this.#settle(follower, answer.outcome);
    this.#last = { blocks, outcome: answer.outcome };
    return answer;
  }

  /** The host's part of the last run, so many times again: a worker has served many runs before a user's. */
  again(times) {
    const { blocks, outcome } = this.#last;
    for (let i = 0; i < times; i++) {
      const follower = this.#follower();
      for (const block of blocks) follower.take(block);
      this.#settle(follower, outcome);
    }
  }

  #follower() {
    return (this.#previous = new Follower(this.#bars, settings, this.#previous));
  }

  #settle(follower, outcome) {
    const settled = follower.settle(settleJob(outcome));
    if (settled.kind !== 'report') throw new Error(settled.message);
  }
}

function settleJob({ finalEquity }) {
  const hash = '0'.repeat(64);
  return {
    guestEquity: finalEquity,
    strategyName: 'W1',
    manifest: {
      schema: 'quarry.manifest/1',
      kind: 'backtest',
      strategy: hash,
      data: [],
      engine: hash,
      node: '',
      params,
      settings,
      profile: 'v1',
      benchmark: 'none',
    },
    manifestHash: hash,
    dataset: dataset(),
    absent: [],
    log: [],
    logCut: false,
    environment: { wall: 'none', milliseconds: 0, quarry: 'bench' },
  };
}

function dataset() {
  const quality = { rowsRead: 0, rowsKept: 0, rowsRefused: 0, refused: [], duplicates: 0, outOfOrder: 0, gapCount: 0 };
  const counts = { gaps: [], ohlcViolations: 0, nonPositivePrices: 0, zeroVolume: 0, outlierCount: 0, outliers: [] };
  return {
    schema: 'quarry.dataset/1',
    name: 'bench',
    version: '0'.repeat(64),
    series: [],
    stamp: 'open',
    timezone: 'UTC',
    calendar: '24/7',
    source: 'generated',
    licence: 'MIT',
    quality: { ...quality, ...counts, notes: [] },
  };
}
