import * as z from 'zod';
import { Failure } from './failure.js';
import { Hash, Interval, IngestOptions } from './dataset.js';
import { PriceBasis } from './price-basis.js';
import { ParamValues } from './params.js';
import { BacktestSettings, MetricProfile } from './settings.js';
import { Text } from './text.js';
import { WaitingReason } from './waiting.js';

export const runStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const RunState = z.enum(runStates);
export type RunState = z.infer<typeof RunState>;

export const RunKind = z.enum(['backtest', 'check', 'ingest']);
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

/** POST /api/runs */
export const RunRequest = z.object({
  kind: z.literal('backtest'),
  strategyVersion: Hash,
  /** Whose run it is, where several strategies hold the same text; without it, of the one that saved it last. */
  strategyId: z.uuid().optional(),
  datasetId: z.uuid(),
  options: BacktestOptions.prefault({}),
  /** Skip the cached report of an equal manifest. */
  fresh: z.boolean().default(false),
});
export type RunRequest = z.infer<typeof RunRequest>;

/** What a queued run carries to the worker, by kind. */
export const RunWork = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backtest'),
    strategyVersion: Hash,
    strategyId: z.uuid().optional(),
    datasetId: z.uuid(),
    options: BacktestOptions,
  }),
  z.object({ kind: z.literal('check'), strategyVersion: Hash }),
  z.object({
    kind: z.literal('ingest'),
    datasetId: z.uuid(),
    /** An uploaded artifact, or a dataset that Quarry brings with it. */
    input: z.discriminatedUnion('from', [
      z.object({ from: z.literal('upload'), key: z.string(), fileName: z.string() }),
      z.object({ from: z.literal('builtin'), name: z.enum(['sp500', 'minutes', 'stocks', 'dividends']) }),
    ]),
    options: IngestOptions,
  }),
]);
export type RunWork = z.infer<typeof RunWork>;

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
  options: BacktestOptions.nullable(),
  manifestHash: Hash.nullable(),
  orderListHash: Hash.nullable(),
  /** A few headline figures for lists: totalReturn, sharpe, maxDrawdown, trades (JSON numbers). */
  headline: z.record(z.string(), z.union([z.number(), z.string()])).nullable(),
  failure: Failure.nullable(),
  /** Set where an equal manifest had already succeeded and its report was returned. */
  reusedFrom: z.uuid().nullable(),
  attempt: z.int(),
  /** Why it waits, as things are now; null where it does not, and in the answer that queues it. */
  waiting: WaitingReason.nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  artifacts: z.array(RunArtifact.omit({ key: true })),
});
export type Run = z.infer<typeof Run>;

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
  z.object({ type: z.literal('progress'), phase: z.string(), done: z.number().min(0).max(1) }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
