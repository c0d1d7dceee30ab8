import * as z from 'zod';
import { FigureIntervals } from './intervals.js';
import { JsonNumber } from './json-number.js';
import { ParamValues } from './params.js';
import { Wall } from './report.js';
import { SearchBase, SearchOptions } from './search.js';

/** How the bars are cut into training and tests; all lengths in bars of the account's clock. */
export const WalkForwardPlan = z.object({
  kind: z.enum(['rolling', 'anchored']),
  train: z.int().min(1),
  test: z.int().min(1),
  /** Left out before each test: as many bars as a position or a label looks ahead, and then some for what correlates. */
  purge: z.int().min(0),
  embargo: z.int().min(0),
});
export type WalkForwardPlan = z.infer<typeof WalkForwardPlan>;

/** In bars, or in microseconds of the data's time. */
const Length = z.union([z.object({ bars: z.int().min(1) }), z.object({ microseconds: z.number().positive() })]);

/** A plan as a person gives it: lengths that are left out follow from the data. */
export const WalkForwardPlanGiven = z.object({
  kind: WalkForwardPlan.shape.kind.default('rolling'),
  train: Length.nullable().default(null),
  test: Length.nullable().default(null),
  purge: WalkForwardPlan.shape.purge.default(0),
  embargo: WalkForwardPlan.shape.embargo.default(0),
});
export type WalkForwardPlanGiven = z.infer<typeof WalkForwardPlanGiven>;

/** Figures of returns by themselves, as in profile v1; drawdowns between samples. */
export const ReturnFigures = z.object({
  totalReturn: JsonNumber,
  annualReturn: JsonNumber,
  volatility: JsonNumber,
  maxDrawdown: JsonNumber,
  sharpe: JsonNumber,
  sortino: JsonNumber,
  calmar: JsonNumber,
  omega: JsonNumber,
});
export type ReturnFigures = z.infer<typeof ReturnFigures>;

/** Times of first and last bar, µs UTC. */
const Stretch = z.object({ from: z.number(), to: z.number(), bars: z.int() });

export const WalkForwardFold = z.object({
  train: Stretch,
  test: Stretch,
  trials: z.int(),
  failed: z.int(),
  /** What did best in training; null where nothing has a value, and the account then stays out of the market. */
  params: ParamValues.nullable(),
  inSample: ReturnFigures.nullable(),
  outOfSample: ReturnFigures.nullable(),
});
export type WalkForwardFold = z.infer<typeof WalkForwardFold>;

/** `report.json` of a walk-forward, and what its `--json` prints. */
export const WalkForwardReport = z.object({
  schema: z.literal('quarry.walk-forward/1'),
  strategyName: z.string(),
  base: SearchBase,
  fixed: ParamValues,
  search: SearchOptions,
  plan: WalkForwardPlan,
  objective: z.object({ id: z.string(), label: z.string(), basis: z.string() }),
  folds: z.array(WalkForwardFold),
  /** All tests, one after the other, as one account. */
  stitched: z.object({
    figures: ReturnFigures,
    /** PSR: that its true Sharpe ratio is above 0. */
    probabilistic: JsonNumber,
    returns: z.int(),
    /** Null where the returns are too few. */
    intervals: FigureIntervals.nullable().optional(),
    /** At most 2,000 points; equity begins at 1. */
    curve: z.object({ time: z.array(z.number()), equity: z.array(z.number()), fold: z.array(z.int()) }),
  }),
  /** What of the objective survives: its means, walk-forward efficiency (Pardo), slope, share of folds that did worse. */
  degradation: z.object({
    inSample: JsonNumber,
    outOfSample: JsonNumber,
    efficiency: JsonNumber,
    slope: JsonNumber,
    worse: JsonNumber,
  }),
  /** By parameter, from 0 (as if drawn anew each time) to 1 (always the same). */
  stability: z.record(z.string(), JsonNumber),
  ledger: z.object({ family: z.string(), trials: z.int() }),
  warnings: z.array(z.string()),
  environment: z.object({ wall: Wall, milliseconds: z.number(), quarry: z.string(), lanes: z.int() }),
});
export type WalkForwardReport = z.infer<typeof WalkForwardReport>;
