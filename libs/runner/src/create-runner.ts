import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CheckReport,
  Failure,
  IngestOptions,
  NotebookReport,
  ProofReport,
  StrategySource,
  Suite,
  Wall,
} from '@quarry/contracts';
import type { Bars } from '@quarry/engine/host';
import { backtest, type Workshop } from './backtest.js';
import { checkStrategy } from './check/check-strategy.js';
import { Compiler } from './compile/compiler.js';
import type { CrossValidationJob, CrossValidationOutcome } from './cross-validation/cross-validation.js';
import { ColumnCache, ingestFile, runQuery } from './datasets/index.js';
import { Replayer } from './replay/replayer.js';
import type {
  BacktestJob,
  BacktestOutcome,
  LocalDataset,
  IngestHooks,
  ProveJob,
  QueryAnswer,
  QueryJob,
  Runner,
  RunnerConfig,
  RunHooks,
} from './runner.js';
import type { InParts } from './in-parts.js';
import type { Checked } from './prove/proof-checks.js';
import type { SearchedTrial } from './search/run-search.js';
import { partsHash } from './parts-hash.js';
import { readSuite } from './suite/read-suite.js';
import { Sandbox } from './sandbox/sandbox.js';
import type { MonteCarloJob, MonteCarloOutcome } from './monte-carlo/monte-carlo.js';
import type { SweepJob, SweepOutcome } from './sweep/sweep.js';
import { TrialRuns } from './trials/trial-runs.js';
import type { TrialResult, TrialsJob } from './trials/trial.js';
import type { FoldOutcome } from './walk-forward/fold.js';
import type { WalkForwardJob, WalkForwardOutcome } from './walk-forward/walk-forward.js';
import { isAtLeast } from './sandbox/wall.js';

/**
 * A runner for this machine. Finds the strongest wall by trying it.
 * @throws Error where that wall is weaker than the configuration accepts.
 */
export async function createRunner(config: RunnerConfig): Promise<Runner> {
  await mkdir(config.directory, { recursive: true });
  const compiler = new Compiler(join(config.directory, 'code'));
  compiler.warm();
  const sandbox = await Sandbox.open(config.spares ?? 1, config.wallMax);
  if (!isAtLeast(sandbox.wall, config.wallMin)) {
    const { wall, wallDetail } = sandbox;
    compiler.close();
    sandbox.close();
    throw new Error(
      `The wall around strategies must be at least "${config.wallMin}", but here it is "${wall}": ${wallDetail}.`,
    );
  }
  const replayer = new Replayer();
  replayer.warm();
  const columns = new ColumnCache(join(config.directory, 'columns'));
  return new LocalRunner({ compiler, sandbox, replayer, columns, limits: config.limits });
}

class LocalRunner implements Runner {
  readonly #workshop: Workshop;
  /** Of the code that this process has loaded: read now, lest a later build be taken for it. */
  readonly partsHash: string;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
    this.partsHash = partsHash(this.engineHash);
  }

  get wall(): Wall {
    return this.#workshop.sandbox.wall;
  }

  get wallDetail(): string {
    return this.#workshop.sandbox.wallDetail;
  }

  get engineHash(): string {
    return this.#workshop.sandbox.engineHash;
  }

  check(source: StrategySource, hooks: RunHooks = {}): Promise<CheckReport> {
    return checkStrategy(this.#workshop, source, hooks);
  }

  backtest(job: BacktestJob, hooks: RunHooks = {}): Promise<BacktestOutcome> {
    return backtest(this.#withLimits(job), job, hooks);
  }

  trials(job: TrialsJob, hooks?: RunHooks): Promise<TrialRuns | Failure> {
    return TrialRuns.open(this.#workshop, job, hooks);
  }

  async sweep(job: SweepJob, hooks?: RunHooks): Promise<SweepOutcome | Failure> {
    const { sweep } = await import('./sweep/sweep.js');
    return sweep(this.#workshop, job, hooks);
  }

  async sweepInParts(job: SweepJob): Promise<InParts<SearchedTrial, SweepOutcome>> {
    const { sweepInParts } = await import('./sweep/sweep-in-parts.js');
    return sweepInParts(this.#workshop, job);
  }

  async walkForward(job: WalkForwardJob, hooks?: RunHooks): Promise<WalkForwardOutcome | Failure> {
    const { walkForward } = await import('./walk-forward/walk-forward.js');
    return walkForward(this.#workshop, job, hooks);
  }

  async walkForwardInParts(job: WalkForwardJob): Promise<InParts<FoldOutcome, WalkForwardOutcome>> {
    const { walkForwardInParts } = await import('./walk-forward/walk-forward-in-parts.js');
    return walkForwardInParts(this.#workshop, job);
  }

  async crossValidate(job: CrossValidationJob, hooks?: RunHooks): Promise<CrossValidationOutcome | Failure> {
    const { crossValidation } = await import('./cross-validation/cross-validation.js');
    return crossValidation(this.#workshop, job, hooks);
  }

  async crossValidateInParts(job: CrossValidationJob): Promise<InParts<SearchedTrial, CrossValidationOutcome>> {
    const { crossValidationInParts } = await import('./cross-validation/cross-validation-in-parts.js');
    return crossValidationInParts(this.#workshop, job);
  }

  async monteCarlo(job: MonteCarloJob, hooks?: RunHooks): Promise<MonteCarloOutcome | Failure> {
    const { monteCarlo } = await import('./monte-carlo/monte-carlo.js');
    return monteCarlo(this.#workshop, job, hooks);
  }

  async monteCarloInParts(job: MonteCarloJob): Promise<InParts<TrialResult, MonteCarloOutcome>> {
    const { monteCarloInParts } = await import('./monte-carlo/monte-carlo-in-parts.js');
    return monteCarloInParts(this.#workshop, job);
  }

  async prove(job: ProveJob, hooks: RunHooks = {}): Promise<ProofReport> {
    const { prove } = await import('./prove/prove.js');
    return prove(this.#withLimits(job), job, hooks);
  }

  async proveInParts(job: ProveJob): Promise<InParts<Checked, ProofReport>> {
    const { proveInParts } = await import('./prove/prove-in-parts.js');
    return proveInParts(this.#withLimits(job), job);
  }

  suite(source: StrategySource, hooks: RunHooks = {}): Promise<Suite | Failure> {
    return readSuite(this.#workshop, source, hooks);
  }

  dataset(name: string, bars: Bars): Promise<LocalDataset> {
    return this.#workshop.columns.keep(name, bars);
  }

  /** Loaded when first asked for: it brings the TypeScript compiler, which takes 50 MB. */
  async notebook(file: string, text: string, hooks: RunHooks = {}): Promise<NotebookReport> {
    const { runNotebook } = await import('./notebook/run-notebook.js');
    return runNotebook(this.#workshop, file, text, hooks);
  }

  query(job: QueryJob, hooks: RunHooks = {}): Promise<QueryAnswer | Failure> {
    return runQuery(job, this.wall, this.#workshop.limits, hooks);
  }

  ingest(file: string, options: IngestOptions, into: string, hooks?: IngestHooks): Promise<LocalDataset | Failure> {
    return ingestFile(file, options, into, hooks);
  }

  async close(): Promise<void> {
    const { compiler, sandbox, replayer } = this.#workshop;
    compiler.close();
    sandbox.close();
    await replayer.close();
  }

  #withLimits({ limits }: Pick<BacktestJob, 'limits'>): Workshop {
    return limits ? { ...this.#workshop, limits: { ...this.#workshop.limits, ...limits } } : this.#workshop;
  }
}
