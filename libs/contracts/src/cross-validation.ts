import * as z from 'zod';
import { JsonNumber } from './json-number.js';
import { ParamValues } from './params.js';
import { Wall } from './report.js';
import { SearchBase, SearchOptions } from './search.js';
import { ReturnFigures, WalkForwardReport } from './walk-forward.js';

/** How the returns are cut into groups, and how many of them each split tests; purge and embargo in returns. */
export const CrossValidationPlan = z.object({
  groups: z.int().min(2).max(1_000).default(10),
  /** 1 is purged k-fold; more is combinatorial purged cross-validation. */
  testGroups: z.int().min(1).max(999).default(2),
  /** Left out of training on both sides of each test: as many as a position or a label looks ahead. */
  purge: z.int().min(0).default(0),
  /** Left out after that, behind each test, for what correlates. */
  embargo: z.int().min(0).default(0),
});
export type CrossValidationPlan = z.infer<typeof CrossValidationPlan>;

const Split = z.object({
  /** Which groups are tested, from 0. */
  tests: z.array(z.int()),
  /** Returns that it trains on. */
  training: z.int(),
  /** What did best in training; null where nothing has a value, and the account then stays out of the market. */
  params: ParamValues.nullable(),
  /** The objective of what was chosen, in training and in the tests. */
  inSample: JsonNumber,
  outOfSample: JsonNumber,
});

/** `report.json` of a cross-validation, and what its `--json` prints. */
export const CrossValidationReport = z.object({
  schema: z.literal('quarry.cross-validation/1'),
  strategyName: z.string(),
  base: SearchBase,
  fixed: ParamValues,
  search: SearchOptions,
  plan: CrossValidationPlan,
  objective: z.object({ id: z.string(), label: z.string(), basis: z.string() }),
  trials: z.int(),
  failed: z.int(),
  /** Each from the bar in which its first return ends to that of its last, µs UTC. */
  groups: z.array(z.object({ from: z.number(), to: z.number(), returns: z.int() })),
  splits: z.array(Split),
  /** Accounts through all groups, each group traded by what a split chose that did not train on it. */
  paths: z.array(
    z.object({
      /** By group: the split, from 0, whose choice trades it. */
      splits: z.array(z.int()),
      figures: ReturnFigures,
      /** PSR: that its true Sharpe ratio is above 0. */
      probabilistic: JsonNumber,
    }),
  ),
  /** Equity of each path over the same times, from 1; thinned. */
  curves: z.object({ time: z.array(z.number()), equity: z.array(z.array(z.number())) }),
  /** Of the objective over the paths that have it. */
  distribution: z.object({
    mean: JsonNumber,
    deviation: JsonNumber,
    least: JsonNumber,
    median: JsonNumber,
    most: JsonNumber,
    /** Share of those paths. */
    atOrBelowZero: JsonNumber,
  }),
  /** What did best on all of the data, which a search without cross-validation would have shown; null where nothing has a value. */
  whole: z.object({ params: ParamValues, value: JsonNumber }).nullable(),
  /** As of a walk-forward, over splits. */
  degradation: WalkForwardReport.shape.degradation,
  stability: WalkForwardReport.shape.stability,
  ledger: WalkForwardReport.shape.ledger,
  warnings: z.array(z.string()),
  environment: z.object({ wall: Wall, milliseconds: z.number(), quarry: z.string(), lanes: z.int() }),
});
export type CrossValidationReport = z.infer<typeof CrossValidationReport>;
