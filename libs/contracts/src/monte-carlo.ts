import * as z from 'zod';
import { Hash } from './dataset.js';
import { JsonNumber } from './json-number.js';
import { ParamValues } from './params.js';
import { Wall } from './report.js';
import { SearchBase } from './search.js';

export const monteCarloMethods = [
  'trade-shuffle',
  'trade-bootstrap',
  'stationary-bootstrap',
  'moving-block-bootstrap',
  'synthetic-blocks',
  'synthetic-gbm',
  'synthetic-merton',
  'synthetic-garch',
  'synthetic-regimes',
  'stress-costs',
  'stress-delay',
  'stress-missed',
  'stress-jitter',
] as const;
export const MonteCarloMethod = z.enum(monteCarloMethods);
export type MonteCarloMethod = z.infer<typeof MonteCarloMethod>;

/** What a method may be told; each reads what concerns it. */
export const MonteCarloOptions = z.object({
  method: MonteCarloMethod,
  /** Paths, or runs of the strategy. */
  paths: z.int().min(1).max(1_000_000).default(1_000),
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Mean or whole length of blocks, in returns; null: as Politis and White's rule says. */
  blockLength: z.number().min(1).nullable().default(null),
  /** Levels of an account that starts at 1. */
  ruin: z.number().min(0).max(1).default(0.5),
  goal: z.number().min(1).default(2),
  /** `stress-costs`: how many times as dear. `stress-delay`: how many bars late. */
  levels: z.array(z.number().min(0)).max(50).default([1, 2, 3, 5]),
  /** `stress-missed`: the chance that an order is not met. */
  probability: z.number().min(0).max(1).default(0.1),
  /** `stress-jitter`: deviation of a parameter's move, as a fraction of its range. */
  width: z.number().min(0).max(1).default(0.05),
});
export type MonteCarloOptions = z.infer<typeof MonteCarloOptions>;

/** How a figure spreads over paths: mean, sample deviation, and the 5, 25, 50, 75 and 95 % quantiles. */
const Spread = z.object({ mean: JsonNumber, deviation: JsonNumber, quantiles: z.array(JsonNumber) });

/** Levels over time at the shares 5, 25, 50, 75 and 95 %; steps count from 1. */
export const Bands = z.object({ steps: z.array(z.int()), levels: z.array(z.array(z.number())) });
export type Bands = z.infer<typeof Bands>;

/** What paths of an account tell. What a method cannot change is not there: it would be a number without a meaning. */
export const PathFigures = z.object({
  bands: Bands.optional(),
  terminal: Spread.extend({ valueAtRisk: JsonNumber, expectedShortfall: JsonNumber }).optional(),
  maxDrawdown: Spread.optional(),
  longestDrawdown: Spread.optional(),
  ruin: z.object({ level: z.number(), probability: z.number() }).optional(),
  goal: z.object({ level: z.number(), probability: z.number() }).optional(),
});
export type PathFigures = z.infer<typeof PathFigures>;

/** Figures of the strategy run again and again. `worse`: share of runs below the original (above it, for drawdown: deeper). */
export const RunFigures = z.object({
  failed: z.int(),
  figures: z.array(
    z.object({ id: z.string(), label: z.string(), original: JsonNumber, worse: z.number(), spread: Spread }),
  ),
  bands: Bands.optional(),
});
export type RunFigures = z.infer<typeof RunFigures>;

/** Figures at each level of a stress that leaves nothing to chance; null where the run failed. */
export const StressLevel = z.object({ level: z.number(), figures: z.record(z.string(), JsonNumber).nullable() });
export type StressLevel = z.infer<typeof StressLevel>;

/** `report.json` of a Monte Carlo, and what its `--json` prints. */
export const MonteCarloReport = z.object({
  schema: z.literal('quarry.monte-carlo/1'),
  strategyName: z.string(),
  /** Of the backtest that it starts from: null where that came as a folder, which its hash then names. */
  base: SearchBase.nullable(),
  params: ParamValues,
  manifestHash: Hash.nullable(),
  options: MonteCarloOptions,
  /** The hypothesis that the paths stand for, and the figures that the method cannot change. */
  null: z.string(),
  cannotChange: z.array(z.string()),
  /** What a step is: a trade, or a return and which. */
  step: z.string(),
  paths: PathFigures.nullable(),
  runs: RunFigures.nullable(),
  levels: z.array(StressLevel).nullable(),
  warnings: z.array(z.string()),
  environment: z.object({ wall: Wall, milliseconds: z.number(), quarry: z.string(), lanes: z.int() }),
});
export type MonteCarloReport = z.infer<typeof MonteCarloReport>;
