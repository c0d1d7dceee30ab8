import * as z from 'zod';
import { CrossValidationPlan } from './cross-validation.js';
import { Failure } from './failure.js';
import { Hash, Interval, IngestOptions } from './dataset.js';
import { PriceBasis } from './price-basis.js';
import { MonteCarloOptions } from './monte-carlo.js';
import { ParamValues } from './params.js';
import { QueryRequest } from './query.js';
import { SearchOptions, SearchTrial } from './search.js';
import { BacktestSettings, MetricProfile } from './settings.js';
import { Text } from './text.js';
import { WalkForwardPlanGiven } from './walk-forward.js';
import { WaitingReason } from './waiting.js';

export const runStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const RunState = z.enum(runStates);
export type RunState = z.infer<typeof RunState>;

export const RunKind = z.enum([
  'backtest',
  'sweep',
  'walk-forward',
  'cross-validate',
  'monte-carlo',
  'prove',
  'check',
  'ingest',
  'query',
]);
export type RunKind = z.infer<typeof RunKind>;

const IsoMoment = z
  .string()
  .max(40)
  .regex(
    /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/,
    'is not a date or date-time such as 2020-01-31 or 2020-01-31T09:30:00Z',
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is not in the calendar');

/** What a person chooses for a backtest beside strategy and data. */
export const BacktestOptions = z.object({
  symbol: Text.max(100).optional(),
  /** Several in one account, in place of `symbol`: their names, or all that the dataset has of the interval. */
  symbols: z.union([z.literal('all'), z.array(Text.min(1).max(100)).min(1).max(1_000)]).optional(),
  interval: Interval.optional(),
  /** ISO dates or date-times, inclusive; a bare date names the whole day in UTC. */
  from: IsoMoment.optional(),
  to: IsoMoment.optional(),
  /** What the prices are for the run, and so which corporate actions it carries out; what they are stored as, where not given. */
  prices: PriceBasis.optional(),
  params: ParamValues.default({}),
  settings: BacktestSettings.prefault({}),
  profile: MetricProfile.default('v1'),
  benchmark: z.enum(['none', 'buy-and-hold']).default('buy-and-hold'),
});
export type BacktestOptions = z.infer<typeof BacktestOptions>;

/** What every run of a strategy is about. */
const subject = {
  strategyVersion: Hash,
  /** Whose run it is, where several strategies hold the same text; without it, of the one that saved it last. */
  strategyId: z.uuid().optional(),
  datasetId: z.uuid(),
  options: BacktestOptions.prefault({}),
};

/** In place of the strategy's name, whose trials are counted together. */
const family = Text.min(1).max(200).optional();

/**
 * Into how many slices the run is cut at most, a search that learns each of its generations: as many as suits its size
 * where not given. No result hangs on it.
 */
const slices = z.int().min(1).max(1_000).optional();

const BacktestWork = z.object({ kind: z.literal('backtest'), ...subject });
const SweepWork = z.object({
  kind: z.literal('sweep'),
  ...subject,
  search: SearchOptions.prefault({}),
  family,
  slices,
});
const WalkForwardWork = z.object({
  kind: z.literal('walk-forward'),
  ...subject,
  search: SearchOptions.prefault({}),
  plan: WalkForwardPlanGiven.prefault({}),
  family,
  slices,
});
const CrossValidateWork = z.object({
  kind: z.literal('cross-validate'),
  ...subject,
  search: SearchOptions.prefault({}),
  plan: CrossValidationPlan.prefault({}),
  family,
  slices,
});
const MonteCarloWork = z.object({
  kind: z.literal('monte-carlo'),
  ...subject,
  simulation: MonteCarloOptions,
  /** What jittered parameters must meet. */
  constraints: SearchOptions.shape.constraints,
  slices,
});
const ProveWork = z.object({
  kind: z.literal('prove'),
  ...subject,
  /** At how many places the future is taken away. */
  cuts: z.int().min(1).max(1_000).default(8),
  slices,
});

export const RunPriority = z.enum(['low', 'normal', 'high']);
export type RunPriority = z.infer<typeof RunPriority>;

/** How a run is to be made; no result hangs on it. */
const wishes = {
  /** Skip the cached report of an equal manifest. */
  fresh: z.boolean().default(false),
  /** Which of the team's own runs go first; no other team's run waits for it. */
  priority: RunPriority.default('normal'),
  /** Where it has not ended by then, it is ended as `past-deadline`. */
  deadline: z.iso.datetime({ offset: true }).optional(),
};

/** POST /api/runs */
export const RunRequest = z.discriminatedUnion('kind', [
  BacktestWork.extend(wishes),
  SweepWork.extend(wishes),
  WalkForwardWork.extend(wishes),
  CrossValidateWork.extend(wishes),
  MonteCarloWork.extend(wishes),
  ProveWork.extend(wishes),
]);
export type RunRequest = z.infer<typeof RunRequest>;
/** The same before it is parsed: fields with a default may be left out. */
export type RunRequestInput = z.input<typeof RunRequest>;

/** What a queued run carries to the worker, by kind. */
export const RunWork = z.discriminatedUnion('kind', [
  BacktestWork,
  SweepWork,
  WalkForwardWork,
  CrossValidateWork,
  MonteCarloWork,
  ProveWork,
  z.object({ kind: z.literal('check'), strategyVersion: Hash }),
  z.object({ kind: z.literal('query'), datasetId: z.uuid(), ...QueryRequest.shape }),
  z.object({
    kind: z.literal('ingest'),
    datasetId: z.uuid(),
    /** An uploaded artifact, or a dataset that Quarry brings with it. */
    input: z.discriminatedUnion('from', [
      // Its bytes lie under these keys, one after the other. How many they are is missing of runs that were queued before they were counted.
      z.object({
        from: z.literal('upload'),
        keys: z.array(z.string()).min(1),
        fileName: z.string(),
        bytes: z.int().optional(),
      }),
      z.object({ from: z.literal('builtin'), name: z.enum(['sp500', 'minutes', 'stocks', 'dividends']) }),
    ]),
    options: IngestOptions,
    /** False where what comes of it waits as a proposal. */
    accept: z.boolean().optional(),
  }),
]);
export type RunWork = z.infer<typeof RunWork>;

/** A trial as it is told of while its search goes on. */
export const TrialPoint = SearchTrial.pick({ index: true, params: true, value: true });
export type TrialPoint = z.infer<typeof TrialPoint>;

/** A path of a Monte Carlo as it is told of while the others go on: levels of the account, which starts at 1, at some steps. */
export const PathPoint = z.object({ index: z.int(), levels: z.array(z.number()) });
export type PathPoint = z.infer<typeof PathPoint>;

/** How far the slices of a run are together: trials of a sweep, paths of a Monte Carlo, folds of a walk-forward. */
export const RunProgress = z.object({
  done: z.int(),
  total: z.int(),
  /** Of a search, so far; null where nothing has a value. */
  best: TrialPoint.nullable(),
});
export type RunProgress = z.infer<typeof RunProgress>;

export const RunArtifact = z.object({ name: z.string(), key: z.string(), bytes: z.int(), contentType: z.string() });
export type RunArtifact = z.infer<typeof RunArtifact>;

export const Run = z.object({
  id: z.uuid(),
  kind: RunKind,
  state: RunState,
  strategyId: z.uuid().nullable(),
  strategyName: z.string().nullable(),
  strategyVersion: Hash.nullable(),
  datasetId: z.uuid().nullable(),
  datasetName: z.string().nullable(),
  /** The team that shared the dataset when the run was made; null where it is the team's own. */
  datasetLentBy: z.string().nullable(),
  options: BacktestOptions.nullable(),
  /** What a search looks for; null where the run is none. */
  goal: SearchOptions.pick({ objective: true, direction: true }).nullable(),
  manifestHash: Hash.nullable(),
  orderListHash: Hash.nullable(),
  /** A few headline figures for lists: totalReturn, sharpe, maxDrawdown, trades (JSON numbers). */
  headline: z.record(z.string(), z.union([z.number(), z.string()])).nullable(),
  failure: Failure.nullable(),
  /** Null where the run is not cut into slices, or not yet. */
  progress: RunProgress.nullable(),
  /** Set where an equal manifest had already succeeded and its report was returned. */
  reusedFrom: z.uuid().nullable(),
  attempt: z.int(),
  priority: RunPriority,
  deadline: z.iso.datetime().nullable(),
  /** Why it waits, as things are now; null where it does not, and in the answer that queues it. */
  waiting: WaitingReason.nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  artifacts: z.array(RunArtifact.omit({ key: true })),
});
export type Run = z.infer<typeof Run>;

/**
 * GET /api/runs/{id}/artifacts/{name}/link: where to fetch its bytes. Until `expiresAt` anybody who has the URL may; where that is null, it
 * is a path of the API, which asks for a session or a token as ever.
 */
export const ArtifactLink = z.object({
  url: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  bytes: z.int(),
  contentType: z.string(),
});
export type ArtifactLink = z.infer<typeof ArtifactLink>;

/** Server-sent events of a run. `id` is the run's sequence; progress has none and is not replayed. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: RunState, at: z.iso.datetime(), failure: Failure.nullable() }),
  z.object({
    type: z.literal('log'),
    lines: z.array(
      z.object({
        level: z.enum(['debug', 'log', 'info', 'warn', 'error']),
        text: z.string(),
        bar: z.int(),
        time: z.number().nullable(),
        file: z.string().nullable(),
        line: z.int().nullable(),
      }),
    ),
  }),
  /** Trials of a search that have ended; one may be told of twice. */
  z.object({ type: z.literal('trials'), trials: z.array(TrialPoint) }),
  /** Paths of a Monte Carlo that have ended, at most about a thousand of all; one may be told of twice. */
  z.object({ type: z.literal('paths'), steps: z.array(z.int()), paths: z.array(PathPoint) }),
  z.object({
    type: z.literal('progress'),
    phase: z.string(),
    done: z.number().min(0).max(1),
    /** Of a run that is cut into slices. */
    slices: RunProgress.optional(),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
