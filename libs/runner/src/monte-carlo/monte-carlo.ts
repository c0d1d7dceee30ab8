import type { Failure, MonteCarloOptions, MonteCarloReport, ParamValues, StressLevel } from '@quarry/contracts';
import { SearchOptions, toJsonNumber } from '@quarry/contracts';
import { resolveParams } from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { Stretch } from '../in-parts.js';
import type { TrialFigures } from '../replay/trial-replay.js';
import type { ArtifactFile, BacktestJob, RunHooks } from '../runner.js';
import { badParameters, baseOf } from '../search/search-base.js';
import { spaceOf } from '../search/space-of.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withTrialRuns } from '../trials/with-trial-runs.js';
import type { TrialResult } from '../trials/trial.js';
import { readFinishedRun, type FinishedRun } from './finished-run.js';
import { jitteredRuns, levelRuns, missedRuns, syntheticRuns, type ManyRuns } from './many-runs.js';
import type { PathMethodName } from './path-figures.js';
import { evenSteps, levelsOf, runFigures, toldOfRuns } from './run-figures.js';

type StrategyRun = Pick<BacktestJob, 'source' | 'strategyName' | 'dataset' | 'options'>;

export interface MonteCarloJob {
  /** A strategy to run, or the folder of a backtest that was run. */
  readonly run: StrategyRun | { readonly folder: string };
  readonly options: MonteCarloOptions;
  /** What jittered parameters must meet. */
  readonly constraints?: readonly string[];
  readonly lanes?: number;
}

export interface MonteCarloOutcome {
  readonly report: MonteCarloReport;
  /** Writes report.json and report.html into the folder. */
  writeArtifacts(directory: string): Promise<readonly ArtifactFile[]>;
}

type Told = Pick<MonteCarloReport, 'null' | 'cannotChange' | 'step' | 'paths' | 'runs' | 'levels'>;

/** What else might have come of a strategy, under the hypothesis of a method; a mistake is a failure in words. */
export function monteCarlo(
  workshop: Workshop,
  job: MonteCarloJob,
  hooks: RunHooks = {},
): Promise<MonteCarloOutcome | Failure> {
  return toldMonteCarlo(workshop, job, hooks, (runs, many) => runMany(runs, many, { from: 0, to: many.count }, hooks));
}

/** The outcome of a Monte Carlo whose runs, where its method asks for many, are found as `find` does. */
export async function toldMonteCarlo(
  workshop: Workshop,
  job: MonteCarloJob,
  hooks: RunHooks,
  find: (runs: TrialRuns, many: ManyRuns) => Promise<readonly TrialResult[]>,
): Promise<MonteCarloOutcome | Failure> {
  const started = performance.now();
  try {
    const told =
      'folder' in job.run ? await fromFolder(workshop, job, hooks) : await fromStrategy(workshop, job, hooks, find);
    if ('code' in told) return told;
    const environment = {
      ...{ wall: workshop.sandbox.wall, milliseconds: performance.now() - started, quarry: version },
      lanes: told.lanes,
    };
    const { lanes: _, ...parts } = told;
    const report: MonteCarloReport = {
      schema: 'quarry.monte-carlo/1',
      ...parts,
      options: job.options,
      warnings: warningsOf(parts, job.options),
      environment,
    };
    return {
      report,
      writeArtifacts: async (directory) => (await import('./write-monte-carlo.js')).writeMonteCarlo(report, directory),
    };
  } catch (error) {
    if (error instanceof RangeError) return badParameters(error.message);
    throw error;
  }
}

type Parts = Told &
  Pick<MonteCarloReport, 'strategyName' | 'base' | 'params' | 'manifestHash'> & { readonly lanes: number };

async function fromFolder(workshop: Workshop, { run: given, options }: MonteCarloJob, hooks: RunHooks): Promise<Parts> {
  const { folder } = given as { readonly folder: string };
  if (!isOfPaths(options.method)) {
    throw new RangeError(
      `Method ${options.method} runs the strategy again, and a report's folder does not hold it. Name the strategy and --data.`,
    );
  }
  const run = await readFinishedRun(folder);
  const { strategyName, params, manifestHash } = run;
  const told = await ofPaths(workshop, run, options, hooks);
  return { ...told, strategyName, params, manifestHash, base: null, lanes: 1 };
}

async function fromStrategy(
  workshop: Workshop,
  job: MonteCarloJob,
  hooks: RunHooks,
  find: (runs: TrialRuns, many: ManyRuns) => Promise<readonly TrialResult[]>,
): Promise<Parts | Failure> {
  const { options } = job;
  return withRuns(workshop, job, hooks, async (runs, params, run) => {
    const known = {
      ...{ params, base: baseOf(workshop, run, runs), manifestHash: null, lanes: runs.lanes },
      strategyName: run.strategyName ?? runs.info.strategyName,
    };
    const signal = hooks.signal && { signal: hooks.signal };
    const [original] = await runs.run([{ params, detail: true }], signal);
    if (!original || 'failure' in original) return original?.failure ?? badParameters('The strategy was not run.');

    if (isOfPaths(options.method)) {
      return { ...known, ...(await ofPaths(workshop, finished(original, known), options, hooks)) };
    }
    const step = `return between ${original.basis}, of ${original.returns.length}`;
    const rest = { cannotChange: [], step, paths: null, runs: null, levels: null };
    if (options.method === 'stress-costs' || options.method === 'stress-delay') {
      const trials = levelRuns(options.method, params, run.options.settings, options.levels);
      const results = await runs.run(trials, {
        ...signal,
        onDone: (done) => hooks.onProgress?.('run', done / trials.length),
      });
      const broken = results.find((result) => 'failure' in result);
      if (broken && 'failure' in broken) return broken.failure;
      const levels = results.map((result, i) => levelOf(options.levels[i]!, result));
      return { ...known, ...rest, levels, null: levelNull[options.method] };
    }
    const many = manyRuns(runs, job, params);
    const results = await find(runs, many);
    if (results.every((result) => 'failure' in result) && results[0] && 'failure' in results[0]) {
      return results[0].failure;
    }
    return { ...known, ...rest, runs: runFigures(original, results), null: many.null };
  });
}

/** Opens the strategy that is to be run over its data, does work over them, and closes them. */
export async function withRuns<T>(
  workshop: Workshop,
  job: MonteCarloJob,
  hooks: RunHooks,
  work: (runs: TrialRuns, params: ParamValues, run: StrategyRun) => Promise<T | Failure>,
): Promise<T | Failure> {
  const run = job.run as StrategyRun;
  return withTrialRuns(workshop, { ...run, ...(job.lanes && { lanes: job.lanes }) }, hooks, async (runs) => {
    const resolved = resolveParams(runs.info.params, run.options.params);
    if ('errors' in resolved) return badParameters(resolved.errors.join(' '));
    return work(runs, { ...resolved.values }, run);
  });
}

const levelNull = {
  'stress-costs':
    'Commission, spread, slippage and what holding costs are so many times as dear; the strategy runs anew.',
  'stress-delay': 'Every order reaches the market so many bars later; the strategy does not notice.',
} as const;

function isOfPaths(method: MonteCarloOptions['method']): method is PathMethodName {
  return method.startsWith('trade-') || method.endsWith('-bootstrap');
}

async function ofPaths(
  { replayer }: Workshop,
  run: FinishedRun,
  options: MonteCarloOptions,
  { signal }: RunHooks,
): Promise<Told> {
  const args = [run, options.method as PathMethodName, options] as const;
  const { figures, cannotChange, step, null: hypothesis } = await replayer.compute('pathFigures', [...args], signal);
  return { null: hypothesis, cannotChange: [...cannotChange], step, paths: figures, runs: null, levels: null };
}

function finished(
  { returns, basis, detail }: TrialFigures,
  { strategyName, params }: Pick<FinishedRun, 'strategyName' | 'params'>,
): FinishedRun {
  return { strategyName, params, manifestHash: null, returns, basis, tradeReturns: detail!.tradeReturns };
}

export function manyRuns(
  runs: TrialRuns,
  { options, constraints }: MonteCarloJob,
  params: FinishedRun['params'],
): ManyRuns {
  if (options.method === 'stress-missed') return missedRuns(params, options);
  if (options.method !== 'stress-jitter') return syntheticRuns(options.method, runs.bars(), params, options);
  const search = SearchOptions.parse({ constraints: constraints ?? [] });
  return jitteredRuns(spaceOf(runs.info.params, search, {}).space, params, options);
}

/** Runs are made as they are needed: synthetic prices of a thousand paths would not find room. */
export async function runMany(
  runs: TrialRuns,
  { atOnce, count, trial }: ManyRuns,
  { from, to }: Stretch,
  hooks: RunHooks,
): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  while (results.length < to - from) {
    const first = results.length;
    const trials = Array.from({ length: Math.min(atOnce, to - from - first) }, (_, i) => trial(from + first + i));
    const done = await runs.run(trials, {
      ...(hooks.signal && { signal: hooks.signal }),
      onDone: (so, at, result) => {
        hooks.onProgress?.('run', (first + so) / (to - from));
        const index = from + first + at;
        if (index % Math.ceil(count / mostTold) === 0) tellPath(index, result, hooks);
      },
    });
    results.push(...done);
  }
  return results;
}

/** Paths, and steps of each, that are told of while a simulation goes on. */
const mostTold = 1_000;
const toldSteps = 32;

function tellPath(index: number, result: TrialResult, { onPath }: RunHooks): void {
  if (!onPath || 'failure' in result || result.returns.length === 0) return;
  const steps = evenSteps(result.returns.length, toldSteps);
  const levels = levelsOf(result.returns, result.returns.length);
  onPath({ index, levels: steps.map((step) => Number(levels[step]!.toPrecision(5))) }, steps);
}

function levelOf(level: number, result: TrialResult): StressLevel {
  if ('failure' in result) return { level, figures: null };
  const figures = toldOfRuns.map((id) => [id, toJsonNumber(result.metrics[id] ?? NaN)] as const);
  return { level, figures: Object.fromEntries(figures) };
}

const fewPaths = 1_000;

function warningsOf({ paths, runs, levels }: Told, options: MonteCarloOptions): string[] {
  const said: string[] = [];
  if (paths && options.paths < fewPaths)
    said.push(`${options.paths} paths are few for the 5 % quantiles; take ${fewPaths} or more.`);
  if (runs && runs.failed > 0) said.push(`${runs.failed} of ${options.paths} runs failed and are left out.`);
  const first = levels?.find(({ figures }) => Number(figures?.['totalReturn']) <= 0);
  if (first && options.method === 'stress-costs')
    said.push(`At ${first.level} times the costs nothing is earned any more.`);
  if (first && options.method === 'stress-delay')
    said.push(`With orders ${first.level} ${first.level === 1 ? 'bar' : 'bars'} late nothing is earned any more.`);
  return said;
}
