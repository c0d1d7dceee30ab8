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
import type { KnownTrial, Stretch } from '../in-parts.js';
import type { RunHooks } from '../runner.js';
import type { TrialRuns } from '../trials/trial-runs.js';

/** Trials of a generation: a search learns from whole generations, so their size is part of what it is. */
const generationSizes = { grid: 64, random: 64, sobol: 64, tpe: 16, genetic: 32 } as const;

export interface SearchedTrial extends KnownTrial {
  /** Its returns are empty where the plan does not keep them. */
  readonly result: TrialResult;
  /** Null where the trial failed. */
  readonly sample: SharpeSample | null;
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

export interface SearchHooks extends Pick<RunHooks, 'signal'> {
  /** Told after each trial how many are done. */
  readonly onDone?: (done: number) => void;
  /** Told of each trial that was run, as it ends. */
  readonly onTried?: (trial: SearchedTrial) => void;
}

/**
 * Goes through a space, generation after generation. The trials are the same however many lanes there are and whichever
 * ends first: a proposal depends on the seed and on earlier generations alone.
 * @throws RangeError where a grid has more trials than allowed, or constraints leave nothing
 */
export async function runSearch(runs: TrialRuns, plan: SearchPlan, hooks: SearchHooks = {}): Promise<SearchOutcome> {
  const next = generationsOf(plan);
  const trials: SearchedTrial[] = [];
  const known = new Map<string, SearchedTrial>();
  for (let asked = next(trials); asked; asked = next(trials)) {
    trials.push(...(await runAsked(runs, plan, { asked, first: trials.length, known }, hooks)));
  }
  return { trials, stoppedEarly: trials.length < countTrials(plan) };
}

/** What a search asks for after the generations so far; null once it is over, or has found nothing better for too long. */
export function generationsOf(plan: SearchPlan): (trials: readonly KnownTrial[]) => readonly Params[] | null {
  const { options } = plan;
  const list = options.method === 'grid' ? requireGrid(plan) : null;
  const method = list ? null : methodOf(plan);
  const count = list?.length ?? options.trials;
  const size = generationSizes[options.method];
  return (trials) => {
    const first = trials.length;
    if (first >= count) return null;
    const generation = first / size;
    const { direction, patience } = options;
    if (patience !== null && stopsBefore(generation, trials, { direction, size, patience, leastGain: 0 })) return null;
    const proposed = list?.slice(first, first + size) ?? proposeGeneration(method!, { generation, size, trials });
    return proposed.slice(0, count - first);
  };
}

/** Whether its trials hang on what earlier ones came to, so that only those of a generation can be run by themselves. */
export function learns({ method, patience }: SearchOptions): boolean {
  return patience !== null || method === 'tpe' || method === 'genetic';
}

/** The trials of a stretch of the generation that follows on the known ones; of what was tried before, or comes twice, nothing. */
export function runGeneration(
  runs: TrialRuns,
  plan: SearchPlan,
  { from, to, known }: Stretch & { readonly known: readonly KnownTrial[] },
  hooks: SearchHooks = {},
): Promise<readonly SearchedTrial[]> {
  const asked = generationsOf(plan)(known) ?? [];
  const before = new Set([...known.map(({ params }) => params), ...asked.slice(0, from - known.length)].map(keyOf));
  const fresh = asked
    .map((params, i) => ({ params, index: known.length + i }))
    .filter(({ index, params }) => index >= from && index < to && !before.has(keyOf(params)))
    .filter(({ params }, i, all) => all.findIndex((one) => keyOf(one.params) === keyOf(params)) === i);
  return runFresh(runs, plan, { fresh, first: from }, hooks);
}

/** What a search knows once the generation that follows on the known trials is found. */
export function afterGeneration(
  next: ReturnType<typeof generationsOf>,
  known: readonly KnownTrial[],
  found: readonly KnownTrial[],
): readonly KnownTrial[] {
  const values = new Map([...known, ...found].map(({ params, value }) => [keyOf(params), value]));
  const asked = next(known) ?? [];
  return [...known, ...asked.map((params, i) => ({ index: known.length + i, params, value: foundOf(values, params) }))];
}

/** The trials of a stretch, of a search that can be cut. See `joined`. */
export async function runStretch(
  runs: TrialRuns,
  plan: SearchPlan,
  { from, to }: Stretch,
  hooks: SearchHooks = {},
): Promise<readonly SearchedTrial[]> {
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  const method = plan.options.method === 'grid' ? null : methodOf(plan);
  const asked = method ? indices.map((index) => method.propose(index, [])) : requireGrid(plan).slice(from, to);
  return runAsked(runs, plan, { asked, first: from, known: new Map() }, hooks);
}

/** All trials of a search out of what its stretches found, as if they had been run in one: what was asked for twice is what came of it first. */
export function joined(
  asked: readonly Pick<KnownTrial, 'index' | 'params'>[],
  found: readonly SearchedTrial[],
): SearchedTrial[] {
  const first = new Map(found.toReversed().map((trial) => [keyOf(trial.params), trial]));
  return asked.map(({ index, params }) => ({ ...foundOf(first, params), index }));
}

interface Asked {
  readonly asked: readonly Params[];
  /** Index of the first that is asked. */
  readonly first: number;
  /** By parameters, the trials before. */
  readonly known: Map<string, SearchedTrial>;
}

/** A search that has found its place asks for the same again and again, and gets the same. */
async function runAsked(
  runs: TrialRuns,
  plan: SearchPlan,
  { asked, first, known }: Asked,
  hooks: SearchHooks,
): Promise<SearchedTrial[]> {
  const fresh = new Map<string, Pick<SearchedTrial, 'index' | 'params'>>();
  asked.forEach((params, i) => {
    const key = keyOf(params);
    if (!known.has(key) && !fresh.has(key)) fresh.set(key, { index: first + i, params });
  });
  for (const trial of await runFresh(runs, plan, { fresh: [...fresh.values()], first }, hooks)) {
    known.set(keyOf(trial.params), trial);
  }
  return asked.map((params, i) => ({ ...known.get(keyOf(params))!, index: first + i }));
}

interface Fresh {
  readonly fresh: readonly Pick<SearchedTrial, 'index' | 'params'>[];
  /** Index from which they are counted as done. */
  readonly first: number;
}

async function runFresh(
  runs: TrialRuns,
  plan: SearchPlan,
  { fresh, first }: Fresh,
  { signal, onDone, onTried }: SearchHooks,
): Promise<SearchedTrial[]> {
  const found = new Array<SearchedTrial>(fresh.length);
  await runs.run(
    fresh.map(({ params }) => ({ ...plan.trial, params: { ...plan.fixed, ...params } })),
    {
      ...(signal && { signal }),
      onDone: (done, at, result) => {
        const trial = searched(plan, fresh[at]!, result);
        found[at] = trial;
        onDone?.(first + done);
        onTried?.(trial);
      },
    },
  );
  return found;
}

function foundOf<Found>(found: ReadonlyMap<string, Found>, params: Params): Found {
  const one = found.get(keyOf(params));
  if (one === undefined) throw new Error(`No slice has found the trial ${keyOf(params)}, which the search asks for.`);
  return one;
}

const keyOf = (params: Params): string => JSON.stringify(params);
const none = new Float64Array(0);

function searched(
  { valueOf, keepsReturns }: SearchPlan,
  { index, params }: Pick<SearchedTrial, 'index' | 'params'>,
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
