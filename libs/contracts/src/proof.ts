import * as z from 'zod';
import { Failure, SourcePosition } from './failure.js';
import { JsonNumber } from './json-number.js';

/** How a run was changed to see whether the strategy's decisions change with it. */
export const ProofMethod = z.enum([
  /** The data end at the cut. */
  'truncated',
  /** After the cut there is noise. */
  'noise',
  /** A further column's values stand in other rows. */
  'column',
  /** All dates lie 28 years before. */
  'dates',
  /** The data as they stood at an earlier time. */
  'vintage',
]);
export type ProofMethod = z.infer<typeof ProofMethod>;

/** One decision of a strategy: after which bar, for which symbol, and what. */
export const ProofDecision = z.object({
  bar: z.int(),
  /** Start of that bar, µs UTC. */
  time: z.number(),
  symbol: z.string(),
  /** `buy 10 limit 99.5` */
  words: z.string(),
});
export type ProofDecision = z.infer<typeof ProofDecision>;

/** A leak: the first decision found to change with what the strategy could not have known. */
export const ProofFinding = z.object({
  method: ProofMethod,
  /** In a sentence, what the decision hangs on. */
  message: z.string(),
  /** Last bar that both runs knew, µs UTC; null where nothing was cut. */
  cut: z.number().nullable(),
  /** What was decided over the data as they are, and over the changed ones; null where nothing was. */
  before: ProofDecision.nullable(),
  after: ProofDecision.nullable(),
  /** Where in the strategy the decision is made, if that can be told. */
  position: SourcePosition.nullable(),
});
export type ProofFinding = z.infer<typeof ProofFinding>;

/** What a further column of the data tells of itself. */
export const ProofColumn = z.object({
  symbol: z.string(),
  column: z.string(),
  /** `foresees`: it knows bars that come after; `whole-sample`: it was computed from all rows at once. */
  verdict: z.enum(['clean', 'foresees', 'whole-sample']),
  evidence: z.string(),
  /** Whether the strategy's decisions hang on it; null where that was not asked. */
  isUsed: z.boolean().nullable(),
});
export type ProofColumn = z.infer<typeof ProofColumn>;

/** A run over data that begin later. */
export const ProofStart = z.object({
  /** Bars left out, and the first that is used, µs UTC. */
  skipped: z.int(),
  from: z.number(),
  /** Bars after which it decides as the run over all bars; null where the last decisions still differ. */
  exactAfter: z.int().nullable(),
  /** The same where only amounts and prices differ. */
  kindAfter: z.int().nullable(),
  decisions: z.int(),
});
export type ProofStart = z.infer<typeof ProofStart>;

/** What `quarry prove` says of a strategy on some data. */
export const ProofReport = z.object({
  schema: z.literal('quarry.proof/1'),
  strategyName: z.string(),
  /** Why nothing could be proved; all else is empty then. */
  failure: Failure.nullable(),
  /** True where no leak was found by any method. */
  holds: z.boolean(),
  bars: z.int(),
  decisions: z.int(),
  /** Runs of the strategy that this took. */
  runs: z.int(),
  /** Last bars known at the cuts, µs UTC. */
  cuts: z.array(z.number()),
  findings: z.array(ProofFinding),
  columns: z.array(ProofColumn),
  warmUp: z.array(ProofStart),
  /** What these methods cannot see, in sentences. */
  blindSpots: z.array(z.string()),
  milliseconds: JsonNumber,
});
export type ProofReport = z.infer<typeof ProofReport>;
