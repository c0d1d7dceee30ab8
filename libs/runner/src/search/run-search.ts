import type { ParamValues, SearchOptions } from '@quarry/contracts';
import {
  geneticSearch,
  gridTrials,
  proposeGeneration,
  randomSearch,
  sobolSearch,
  stopsBefore,
  tpeSearch,
  type Params,
  type ParameterSpace,
  type SearchMethod,
} from '@quarry/engine/host';
import type { TrialResult, Trial } from '../trials/trial.js';
import type { TrialHooks, TrialRuns } from '../trials/trial-runs.js';

/** Trials of a generation: a search learns from whole generations, so their size is part of what it is. */
const generationSizes = { grid: 64, random: 64, sobol: 64, tpe: 16, genetic: 32 } as const;

export interface SearchedTrial {
  readonly index: number;
  readonly params: Params;
  readonly result: TrialResult;
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
  for (let generation = 0; generation * size < count; generation++) {
    const { direction, patience } = options;
    if (patience !== null && stopsBefore(generation, trials, { direction, size, patience, leastGain: 0 })) {
      return { trials, stoppedEarly: true };
    }
    const first = generation * size;
    const proposed = list?.slice(first, first + size) ?? proposeGeneration(method!, { generation, size, trials });
    const asked = proposed.slice(0, count - first);
    const results = await runs.run(
      asked.map((params) => ({ ...trial, params: { ...fixed, ...params } })),
      { ...(signal && { signal }), onDone: (done) => onDone?.(first + done) },
    );
    results.forEach((result, i) =>
      trials.push({ index: first + i, params: asked[i]!, result, value: plan.valueOf(result) }),
    );
  }
  return { trials, stoppedEarly: false };
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
