import { availableParallelism } from 'node:os';
import type { Failure } from '@quarry/contracts';
import type { Bars } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import { checkStrategy, doesNotCompile } from '../check/check-strategy.js';
import { strategyHash } from '../compile/compiler.js';
import { BarsReader } from '../replay/bars-from-files.js';
import { openBars } from '../replay/open-bars.js';
import { TrialLane, type LaneJob } from './trial-lane.js';
import type { Trial, TrialResult, TrialsInfo, TrialsJob } from './trial.js';
import type { RunHooks } from '../runner.js';
import { tapeBytesOf } from '../sandbox/tape-bytes.js';

/** Trials that a lane has taken: one is replayed while the next is run. */
const takenAtOnce = 2;

/** How trials are cut for whoever may run only some of them; it changes no result. */
interface TrialHooks extends Pick<RunHooks, 'signal'> {
  /** Told after each trial how many are done, and which it was. */
  readonly onDone?: (done: number, index: number, result: TrialResult) => void;
}

/** One strategy and its bars, ready for trials in as many lanes as asked for. Whoever opens it closes it. */
export class TrialRuns {
  readonly info: TrialsInfo;
  readonly #lanes: readonly TrialLane[];
  readonly #input: LaneJob['input'];

  private constructor(info: TrialsInfo, job: LaneJob, lanes: number) {
    this.info = info;
    this.#input = job.input;
    this.#lanes = Array.from({ length: lanes }, () => new TrialLane(job));
  }

  /** Compiles and loads the strategy, and finds its bars; a failure where one of that cannot be. */
  static async open(workshop: Workshop, job: TrialsJob, hooks: RunHooks = {}): Promise<TrialRuns | Failure> {
    const bars = await openBars(workshop.columns, job);
    if ('code' in bars) return bars;
    const input = { memoryMb: workshop.limits.memoryMb, series: bars.series };
    const check = await checkStrategy(workshop, job.source, hooks);
    if (check.failure) return check.failure;
    const { script, diagnostics } = await workshop.compiler.compile(job.source, hooks.signal);
    if (!script) return doesNotCompile(diagnostics);
    const info: TrialsInfo = {
      strategyName: check.name,
      strategyHash: strategyHash(job.source),
      params: check.params,
      symbols: bars.series.map(({ symbol }) => symbol),
      interval: bars.series[0]!.interval,
      prices: bars.series[0]!.prices,
      from: bars.from,
      to: bars.to,
    };
    const lane: LaneJob = {
      ...{ workshop, script, input, settings: job.options.settings },
      metrics: job.metrics ?? 'few',
      tapeBytes: tapeBytesOf(bars.series),
    };
    return new TrialRuns(info, lane, job.lanes ?? availableParallelism());
  }

  /** The bars that trials are over, read anew. */
  bars(): Bars[] {
    return new BarsReader(0).read(this.#input.series);
  }

  /** How many bars a trial goes through, those of all symbols. */
  get barCount(): number {
    return this.#input.series.reduce((sum, { length }) => sum + length, 0);
  }

  /** How many trials can be run at once. */
  get lanes(): number {
    return this.#lanes.length;
  }

  /**
   * The results of trials in their order. A result depends on its trial alone: not on which lane had it, what the lane
   * had before, or what else is asked for. Rejects with the signal's reason when aborted.
   */
  async run(trials: readonly Trial[], { signal, onDone }: TrialHooks = {}): Promise<TrialResult[]> {
    signal?.throwIfAborted();
    const results = new Array<TrialResult>(trials.length);
    let next = 0;
    let done = 0;
    let isOver = false;
    const work = async (lane: TrialLane): Promise<void> => {
      while (next < trials.length && !isOver) {
        const index = next++;
        const result = await lane.run(trials[index]!);
        results[index] = result;
        onDone?.(++done, index, result);
      }
    };
    const turns = this.#lanes.flatMap((lane) => Array.from({ length: takenAtOnce }, () => work(lane)));
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([Promise.all(turns), aborted.promise]);
      return results;
    } catch (error) {
      isOver = true;
      await this.close();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }
}
