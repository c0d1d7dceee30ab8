import type { Bars } from '@quarry/engine/host';
import type {
  BacktestOptions,
  CheckReport,
  DatasetInfo,
  Failure,
  IngestOptions,
  LogLine,
  NotebookReport,
  PathPoint,
  ProofReport,
  Report,
  StrategySource,
  Suite,
  TrialPoint,
  Wall,
} from '@quarry/contracts';

import type { CrossValidationJob, CrossValidationOutcome } from './cross-validation/cross-validation.js';
import type { InParts } from './in-parts.js';
import type { MonteCarloJob, MonteCarloOutcome } from './monte-carlo/monte-carlo.js';
import type { Checked } from './prove/proof-checks.js';
import type { SearchedTrial } from './search/run-search.js';
import type { TrialBook } from './search/trial-book.js';
import type { RanCode } from './suite/coverage.js';
import type { SweepJob, SweepOutcome } from './sweep/sweep.js';
import type { TrialRuns } from './trials/trial-runs.js';
import type { TrialResult, TrialsJob } from './trials/trial.js';
import type { FoldOutcome } from './walk-forward/fold.js';
import type { WalkForwardJob, WalkForwardOutcome } from './walk-forward/walk-forward.js';

/** A dataset on this machine: a folder with dataset.json and a Parquet file per series. */
export interface LocalDataset {
  readonly directory: string;
  readonly info: DatasetInfo;
}

export interface RunHooks {
  /** Ends the run: the child is killed and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (phase: string, done: number) => void;
  readonly onLog?: (lines: readonly LogLine[]) => void;
  /** Told of each trial of a sweep as it ends, in no order. */
  readonly onTrial?: (trial: TrialPoint) => void;
  /** Told of paths of a Monte Carlo as they end, in no order: of evenly spread ones where there are very many. */
  readonly onPath?: (path: PathPoint, steps: readonly number[]) => void;
}

export interface IngestHooks extends RunHooks {
  /** What the person called the file, where its path says something else. */
  readonly fileName?: string;
}

export interface QueryJob {
  readonly dataset: LocalDataset;
  readonly sql: string;
  /** Most rows that are answered. */
  readonly rows: number;
  /** The file that the answer is written to, an Arrow stream. */
  readonly into: string;
}

export interface QueryAnswer {
  readonly rows: number;
  readonly columns: number;
  /** Whether there was more than `rows`. */
  readonly cut: boolean;
}

/** What one attempt may use. */
export interface RunLimits {
  /** Wall clock of the guest, milliseconds. */
  readonly wallMs: number;
  /** Memory of the guest, MiB; the child's resident memory may stand 100 MiB above. */
  readonly memoryMb: number;
  /** Bytes of instructions, plots and log that may leave the guest. */
  readonly resultBytes: number;
}

export interface BacktestJob {
  readonly source: StrategySource;
  /** What the report calls the strategy; null: the name that it declares itself. */
  readonly strategyName: string | null;
  readonly dataset: LocalDataset;
  readonly options: BacktestOptions;
  /** Where the run is written down as a trial, if anywhere; and of which family, if not of the strategy's name. */
  readonly book?: TrialBook;
  readonly family?: string;
  /** What this run may use, where it is other than what the runner gives. */
  readonly limits?: Partial<RunLimits>;
  /** Whether the run is to tell which of the strategy's code it ran. */
  readonly coverage?: boolean;
}

export interface ProveJob extends Pick<BacktestJob, 'source' | 'dataset' | 'options' | 'limits'> {
  /** At how many places the future is taken away. */
  readonly cuts: number;
  /** Of the noise that is put in its place. */
  readonly seed: number;
  /** The same data as they stood earlier, whose past may have been other; null where none is at hand. */
  readonly vintage: LocalDataset | null;
  /** Runs at once; as many as the machine has processors where not given. */
  readonly lanes?: number;
}

/** A finished backtest: its report, and the files that `writeArtifacts` makes of it. `failure` stands in the report. */
export interface BacktestOutcome {
  readonly report: Report;
  /** Null where it was not asked for, or the run was stopped before it could tell. */
  readonly ran: RanCode | null;
  /** Writes report.json, report.html, equity/trades/orders/fills.parquet, trades.csv, equity.csv, chart.arrow, chart.json into the folder. */
  writeArtifacts(directory: string): Promise<readonly ArtifactFile[]>;
}

export interface ArtifactFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly contentType: string;
}

export interface RunnerConfig {
  /** Column cache and temporary files; made when missing. */
  readonly directory: string;
  readonly limits: RunLimits;
  /** The weakest wall that is accepted; a weaker machine is refused with a sentence. */
  readonly wallMin: Wall;
  /** The strongest wall that is tried: to see on any machine how the weaker ones do. `full` where not given. */
  readonly wallMax?: Wall;
  /** Children kept ready for the next run over the same bars, which hides their start; 1 where not given. */
  readonly spares?: number;
}

/** Executes single runs on this machine. Each attempt is a fresh child process; nothing of the user's runs in this one. */
export interface Runner {
  readonly wall: Wall;
  /** Why the wall is what it is, in words. */
  readonly wallDetail: string;
  /** SHA-256 of the guest bundle. */
  readonly engineHash: string;
  /** Names all code that the results of a part of a run hang on: what two of them found is not folded. */
  readonly partsHash: string;
  check(source: StrategySource, hooks?: RunHooks): Promise<CheckReport>;
  backtest(job: BacktestJob, hooks?: RunHooks): Promise<BacktestOutcome>;
  /** Opens a strategy over its bars for any number of trials. Whoever opens them closes them. */
  trials(job: TrialsJob, hooks?: RunHooks): Promise<TrialRuns | Failure>;
  /** Searches a strategy's parameters. */
  sweep(job: SweepJob, hooks?: RunHooks): Promise<SweepOutcome | Failure>;
  /** The same, to be run in parts: by several machines, or in several sittings. */
  sweepInParts(job: SweepJob): Promise<InParts<SearchedTrial, SweepOutcome>>;
  /** Searches on each stretch of training, and goes on with the best through the test that follows. */
  walkForward(job: WalkForwardJob, hooks?: RunHooks): Promise<WalkForwardOutcome | Failure>;
  walkForwardInParts(job: WalkForwardJob): Promise<InParts<FoldOutcome, WalkForwardOutcome>>;
  /** Chooses among a search's trials on each split's training, and puts the tests together as paths. */
  crossValidate(job: CrossValidationJob, hooks?: RunHooks): Promise<CrossValidationOutcome | Failure>;
  crossValidateInParts(job: CrossValidationJob): Promise<InParts<SearchedTrial, CrossValidationOutcome>>;
  /** What else might have come of a strategy, under the hypothesis of a method. */
  monteCarlo(job: MonteCarloJob, hooks?: RunHooks): Promise<MonteCarloOutcome | Failure>;
  monteCarloInParts(job: MonteCarloJob): Promise<InParts<TrialResult, MonteCarloOutcome>>;
  /** Whether a strategy decides on nothing that it could not have known, and after how many bars its start is forgotten. */
  prove(job: ProveJob, hooks?: RunHooks): Promise<ProofReport>;
  proveInParts(job: ProveJob): Promise<InParts<Checked, ProofReport>>;
  /** Evaluates a suite in the sandbox: the tests that it declares, or why it declares none. */
  suite(source: StrategySource, hooks?: RunHooks): Promise<Suite | Failure>;
  /** A dataset of bars that are not in any file, for as long as the runner's directory is kept. */
  dataset(name: string, bars: Bars): Promise<LocalDataset>;
  /** Runs the code cells of a notebook in the percent format; `file` is its name in positions. */
  notebook(file: string, text: string, hooks?: RunHooks): Promise<NotebookReport>;
  /** Reads a CSV, gz, zst, zip, Parquet or Arrow file into a new dataset folder; a refusal is a `data-refused` failure. */
  ingest(file: string, options: IngestOptions, into: string, hooks?: IngestHooks): Promise<LocalDataset | Failure>;
  /** Runs one SELECT over a dataset's bars. */
  query(job: QueryJob, hooks?: RunHooks): Promise<QueryAnswer | Failure>;
  close(): Promise<void>;
}
