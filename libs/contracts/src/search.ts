import * as z from 'zod';
import { Failure } from './failure.js';
import { FigureIntervals } from './intervals.js';
import { JsonNumber } from './json-number.js';
import { Manifest } from './manifest.js';
import { ParamValues } from './params.js';
import { Wall } from './report.js';
import { Text } from './text.js';

const ParamValue = z.union([z.number(), z.boolean(), Text]);

/** What a search goes through on one parameter: what the strategy declares, a range with both ends, or a list. */
export const SearchRange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('declared') }),
  z.object({
    kind: z.literal('range'),
    min: z.number(),
    max: z.number(),
    /** Null: that of the declaration. */
    step: z.number().positive().nullable(),
    scale: z.enum(['linear', 'log']),
  }),
  z.object({ kind: z.literal('values'), values: z.array(ParamValue).min(1).max(1_000) }),
]);
export type SearchRange = z.infer<typeof SearchRange>;

export const searchMethods = ['grid', 'random', 'sobol', 'tpe', 'genetic'] as const;
export const SearchMethodName = z.enum(searchMethods);
export type SearchMethodName = z.infer<typeof SearchMethodName>;

/** What is searched, how, and for what. */
export const SearchOptions = z.object({
  /** By parameter; empty: every parameter whose declaration has bounds. What is not named stays as it is. */
  ranges: z.record(Text, SearchRange).default({}),
  /** Comparisons that must hold for a trial to be tried: `fast < slow`. */
  constraints: z.array(Text.max(500)).max(50).default([]),
  /** A parameter that is there only while another has one of these values. */
  conditions: z.record(Text, z.object({ name: Text, isOneOf: z.array(ParamValue).min(1) })).default({}),
  method: SearchMethodName.default('grid'),
  /** Trials at most; a grid that has more is refused. */
  trials: z.int().min(1).max(1_000_000).default(1_000),
  /** Id of a metric of profile v1. */
  objective: Text.default('sharpe'),
  direction: z.enum(['maximise', 'minimise']).default('maximise'),
  seed: z.int().min(0).max(0xffffffff).default(1),
  /** Generations without a better best after which a search ends; null: it goes to its end. */
  patience: z.int().min(1).nullable().default(null),
});
export type SearchOptions = z.infer<typeof SearchOptions>;

/** One parameter set that was tried. NaN where a figure is not defined, or the trial failed. */
export const SearchTrial = z.object({
  index: z.int(),
  params: ParamValues,
  /** Of the objective. */
  value: JsonNumber,
  sharpe: JsonNumber,
  totalReturn: JsonNumber,
  maxDrawdown: JsonNumber,
  trades: JsonNumber,
  failure: Failure.nullable(),
});
export type SearchTrial = z.infer<typeof SearchTrial>;

/** How much of the best result luck explains. Sharpe ratios are annual; probabilities of 0.5 mean luck alone. */
export const SearchLuck = z.object({
  /** Whose trials are counted: the strategy's name, whatever its text, or what was given in its place. */
  family: z.string(),
  /** Different trials (text, parameters, settings, data) of the family ever run on this machine, and how many independent ones they amount to. */
  trials: z.int(),
  effectiveTrials: z.int(),
  sharpe: JsonNumber,
  /** What the best of so many trials without skill is expected to show. */
  expectedMaxSharpe: JsonNumber,
  /** PSR: that the true ratio is above 0, had this been the only trial. */
  probabilistic: JsonNumber,
  /** DSR: that it is above what luck was expected to show, by all trials and by the independent ones. */
  deflated: JsonNumber,
  deflatedByEffective: JsonNumber,
  /** Years that so many trials need before a Sharpe ratio like the best is not to be expected of luck: MinBTL. */
  minimumYears: JsonNumber,
  years: JsonNumber,
  /** Trials whose returns were compared for what follows: all, or so many evenly spread ones. */
  compared: z.int(),
  /** PBO by CSCV: how often the best in half of the time is in the lower half of the rest; null where too little was tried. */
  overfitting: z
    .object({ probability: z.number(), probabilityOfLoss: z.number(), slope: JsonNumber, blocks: z.int() })
    .nullable(),
  /** White's Reality Check and Hansen's SPA (consistent) of mean returns above 0; null where not computed. */
  superiority: z.object({ realityCheck: z.number(), spa: z.number(), resamples: z.int() }).nullable(),
  /** Of the best, as if it had not been searched for; null where its returns are too few or were not kept. */
  intervals: FigureIntervals.nullable().optional(),
});
export type SearchLuck = z.infer<typeof SearchLuck>;

/** The objective over two parameters, the mean over whatever the others were. */
export const SearchHeatmap = z.object({
  x: z.object({ name: z.string(), values: z.array(ParamValue) }),
  y: z.object({ name: z.string(), values: z.array(ParamValue) }),
  /** By y, then x; null where nothing was tried. */
  mean: z.array(z.array(z.number().nullable())),
});
export type SearchHeatmap = z.infer<typeof SearchHeatmap>;

export const SearchSurface = z.object({
  /** Share of all trials that the best one's neighbours beat, in the mean: near 1 on a plateau, low on a lone peak. */
  plateau: JsonNumber,
  /** Share of the objective's variance that each parameter explains by itself. */
  sensitivities: z.record(z.string(), JsonNumber),
  /** Groups of neighbours that the best tenth of the trials falls into, by the best of each. */
  regions: z.array(z.object({ trials: z.int(), best: z.int() })),
  heatmaps: z.array(SearchHeatmap),
});
export type SearchSurface = z.infer<typeof SearchSurface>;

/** Everything that determines a search's runs but for their parameters. */
export const SearchBase = Manifest.omit({ params: true });
export type SearchBase = z.infer<typeof SearchBase>;

/** `report.json` of a sweep, and what its `--json` prints. */
export const SweepReport = z.object({
  schema: z.literal('quarry.sweep/1'),
  strategyName: z.string(),
  base: SearchBase,
  /** Parameters that every trial had alike. */
  fixed: ParamValues,
  search: SearchOptions,
  objective: z.object({ id: z.string(), label: z.string(), basis: z.string() }),
  /** In order of their indices; the first 10,000 and those ranked: Parquet has all. */
  trials: z.array(SearchTrial),
  trialCount: z.int(),
  failed: z.int(),
  /** Whether the search ended before its trials did, for want of anything better. */
  stoppedEarly: z.boolean(),
  /** Indices, best first, undefined ones and failures left out; at most 100. */
  ranking: z.array(z.int()),
  /** Null where no trial has a Sharpe ratio. */
  luck: SearchLuck.nullable(),
  surface: SearchSurface.nullable(),
  warnings: z.array(z.string()),
  environment: z.object({ wall: Wall, milliseconds: z.number(), quarry: z.string(), lanes: z.int() }),
});
export type SweepReport = z.infer<typeof SweepReport>;
