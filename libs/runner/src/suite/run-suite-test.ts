import {
  BacktestOptions,
  type Failure,
  type RecordedRun,
  type StrategySource,
  type Suite,
  type SuiteTest,
} from '@quarry/contracts';
import type { BacktestJob, LocalDataset, Runner, RunHooks } from '../runner.js';
import type { RanCode } from './coverage.js';
import { expectationFaults, proofFaults } from './expectation-faults.js';
import { recordedFaults, recordedRun } from './recorded-run.js';
import { suiteBars } from './suite-bars.js';

const cuts = 4;

/** A test, and what it is run with. */
export interface SuiteTestJob {
  readonly title: string;
  readonly test: SuiteTest;
  readonly limits: Suite['limits'];
  readonly source: StrategySource;
  /** What was recorded of it; null where nothing was. */
  readonly recorded: RecordedRun | null;
  /** Whether the run is to tell which of the strategy's code it ran. */
  readonly coverage: boolean;
  /** Finds a dataset by the name or path that the test gives. */
  readonly open: (name: string) => Promise<LocalDataset | Failure>;
}

export interface SuiteTestOutcome {
  /** What must come of the run and did not. */
  readonly faults: readonly string[];
  /** How the run differs from what was recorded of it. */
  readonly differences: readonly string[];
  readonly failure: Failure | null;
  /** What to record of this run; null where the test does not ask for it, or the run failed. */
  readonly toRecord: RecordedRun | null;
  readonly ran: RanCode | null;
}

/** Runs a test of a suite and tells what does not hold. */
export async function runSuiteTest(runner: Runner, job: SuiteTestJob, hooks: RunHooks = {}): Promise<SuiteTestOutcome> {
  const { test, recorded, coverage } = job;
  const backtest = await jobOf(runner, job);
  if ('code' in backtest)
    return { faults: [backtest.message], differences: [], failure: backtest, toRecord: null, ran: null };
  const { report, ran } = await runner.backtest({ ...backtest, coverage }, hooks);
  const faults = expectationFaults(test.expect ?? {}, report);
  if (test.expect?.proved && !report.failure) {
    const proof = { ...backtest, cuts, seed: backtest.options.settings.seed, vintage: null };
    faults.push(...proofFaults(await runner.prove(proof, hooks)));
  }
  const toRecord = test.recorded && !report.failure ? recordedRun(report) : null;
  const differences = toRecord ? recordedFaults(recorded, report) : [];
  return { faults, differences, failure: report.failure, toRecord, ran };
}

async function jobOf(
  runner: Runner,
  { title, test, limits, source, open }: SuiteTestJob,
): Promise<BacktestJob | Failure> {
  const { symbol, symbols, interval, from, to, params, settings } = test;
  const options = BacktestOptions.safeParse({ symbol, symbols, interval, from, to, params, settings });
  if (!options.success) {
    const [issue] = options.error.issues;
    const message = `${issue?.path.map(String).join(' ') ?? ''}: ${issue?.message ?? ''}`;
    return { code: 'bad-parameters', message, position: null, diagnostics: [] };
  }
  const bars = suiteBars(test.data);
  const dataset = bars ? await runner.dataset(title.slice(0, 100), bars) : await open(test.data as string);
  if ('code' in dataset) return dataset;
  return {
    ...{ source, strategyName: null, dataset, options: options.data },
    limits: {
      ...(limits?.seconds !== undefined && { wallMs: limits.seconds * 1000 }),
      ...(limits?.memoryMb !== undefined && { memoryMb: limits.memoryMb }),
    },
  };
}
