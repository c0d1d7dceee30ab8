import type { ParamValues, SearchOptions } from '@quarry/contracts';
import {
  geneticSearch,
  gridTrials,
  proposeGeneration,
  randomSearch,
  sharpeSampleOf,
  sobolSearch,
  stopsBefore,
  tpeSearch,
  type Params,
  type ParameterSpace,
  type SearchMethod,
  type SharpeSample,
} from '@quarry/engine/host';
import type { TrialResult, Trial } from '../trials/trial.js';
import type { TrialHooks, TrialRuns } from '../trials/trial-runs.js';

/** Trials of a generation: a search learns from whole generations, so their size is part of what it is. */
const generationSizes = { grid: 64, random: 64, sobol: 64, tpe: 16, genetic: 32 } as const;

export interface SearchedTrial {
  readonly index: number;
  readonly params: Params;
  /** Its returns are empty where the plan does not keep them. */
  readonly result: TrialResult;
  /** Null where the trial failed. */
  readonly sample: SharpeSample | null;
  /** Of the objective; NaN where it is not defined or the trial failed. */
  readonly value: number;
}

export interface SearchOutcome {
  readonly trials: readonly SearchedTrial[];
  readonly stoppedEarly: boolean;
}

export interface SearchPlan {
  readonly space: ParameterSpace;
  readonly fixed: ParamValues;
  readonly options: SearchOptions;
  /** What a trial is beside its parameters. */
  readonly trial?: Omit<Trial, 'params'>;
  readonly valueOf: (result: TrialResult) => number;
  /** Whether the returns of the trial with this index are kept: of very many they would not find room. All, if left out. */
  readonly keepsReturns?: (index: number) => boolean;
}

/**
 * Goes through a space, generation after generation. The trials are the same however many lanes there are and whichever
 * ends first: a proposal depends on the seed and on earlier generations alone.
 * @throws RangeError where a grid has more trials than allowed, or constraints leave nothing
 */
export async function runSearch(
  runs: TrialRuns,
  plan: SearchPlan,
  { signal, onDone }: TrialHooks = {},
): Promise<SearchOutcome> {
  const { options, fixed, trial } = plan;
  const list = options.method === 'grid' ? requireGrid(plan) : null;
  const method = list ? null : methodOf(plan);
  const count = list?.length ?? options.trials;
  const size = generationSizes[options.method];
  const trials: SearchedTrial[] = [];
  const known = new Map<string, SearchedTrial>();
  for (let generation = 0; generation * size < count; generation++) {
    const { direction, patience } = options;
    if (patience !== null && stopsBefore(generation, trials, { direction, size, patience, leastGain: 0 })) {
      return { trials, stoppedEarly: true };
    }
    const first = generation * size;
    const proposed = list?.slice(first, first + size) ?? proposeGeneration(method!, { generation, size, trials });
    const asked = proposed.slice(0, count - first);
    // A search that has found its place asks for the same again and again, and gets the same.
    const fresh = new Map<string, Params>();
    for (const params of asked) if (!known.has(keyOf(params))) fresh.set(keyOf(params), params);
    const results = await runs.run(
      [...fresh.values()].map((params) => ({ ...trial, params: { ...fixed, ...params } })),
      { ...(signal && { signal }), onDone: (done) => onDone?.(first + done) },
    );
    let next = 0;
    asked.forEach((params, i) => {
      const earlier = known.get(keyOf(params));
      const found = earlier ? { ...earlier, index: first + i } : searched(plan, first + i, params, results[next++]!);
      known.set(keyOf(params), earlier ?? found);
      trials.push(found);
    });
  }
  return { trials, stoppedEarly: false };
}

const keyOf = (params: Params): string => JSON.stringify(params);
const none = new Float64Array(0);

function searched(
  { valueOf, keepsReturns }: SearchPlan,
  index: number,
  params: Params,
  result: TrialResult,
): SearchedTrial {
  const value = valueOf(result);
  if ('failure' in result) return { index, params, result, value, sample: null };
  const sample = sharpeSampleOf(result.returns);
  const isKept = keepsReturns?.(index) ?? true;
  return { index, params, value, sample, result: isKept ? result : { ...result, returns: none } };
}

/** How many trials a search has, if it is not stopped early. */
export function countTrials(plan: Pick<SearchPlan, 'space' | 'options'>): number {
  return plan.options.method === 'grid' ? requireGrid(plan).length : plan.options.trials;
}

function requireGrid({ space, options }: Pick<SearchPlan, 'space' | 'options'>): Params[] {
  const list = gridTrials(space);
  if (list.length === 0) throw new RangeError('The constraints allow no trial at all. Loosen them.');
  if (list.length > options.trials) {
    throw new RangeError(
      `The grid has ${list.length} trials, and at most ${options.trials} are allowed. Take larger steps, allow more with --trials ${list.length}, or search with --method sobol, tpe or genetic.`,
    );
  }
  return list;
}

function methodOf({ space, options: { method, seed, direction } }: SearchPlan): SearchMethod {
  switch (method) {
    case 'tpe':
      return tpeSearch(space, { seed, direction });
    case 'genetic':
      return geneticSearch(space, { seed, direction });
    case 'sobol':
      return sobolSearch(space, seed);
    default:
      return randomSearch(space, seed);
  }
}
