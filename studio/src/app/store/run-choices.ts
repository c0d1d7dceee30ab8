import { BacktestSettings, searchMethods } from '@quarry/contracts';
import type {
  BacktestOptions,
  MonteCarloMethod,
  ParamSpec,
  ParamSpecs,
  ParamValues,
  PriceBasis,
  RunPriority,
  SearchMethodName,
  SeriesInfo,
} from '@quarry/contracts';
import type { RunOrder } from '../api/quarry-api';

/** How parameters are searched: all that declare bounds, the others as the panel has them. */
interface SearchChoices {
  readonly method: SearchMethodName;
  readonly trials: number;
  readonly objective: string;
}

/** How a cross-validation, or a walk-forward, keeps its tests apart from its training; lengths in returns or bars. */
interface ValidationChoices {
  readonly groups: number;
  readonly testGroups: number;
  readonly purge: number;
  readonly embargo: number;
}

/** What the run panel holds: everything a person chooses beside the code. */
export interface RunChoices {
  readonly kind: 'backtest' | 'sweep' | 'walk-forward' | 'cross-validate' | 'monte-carlo' | 'prove';
  readonly search: SearchChoices;
  readonly validation: ValidationChoices;
  readonly simulation: { readonly method: MonteCarloMethod; readonly paths: number };
  readonly datasetId: string | null;
  /** None where none was chosen yet, see `onSeries`; several are traded in one account. */
  readonly symbols: readonly string[];
  readonly interval: string | null;
  /** ISO dates; empty for the whole series. */
  readonly from: string;
  readonly to: string;
  /** What the prices are to be; null for what the dataset's are. */
  readonly prices: PriceBasis | null;
  readonly params: ParamValues;
  readonly settings: BacktestSettings;
  readonly benchmark: BacktestOptions['benchmark'];
  readonly profile: BacktestOptions['profile'];
  readonly priority: RunPriority;
  /** Minutes from its start on after which the run is ended; null for no such end. */
  readonly deadline: number | null;
}

export function freshChoices(): RunChoices {
  return {
    kind: 'backtest',
    search: { method: 'sobol', trials: 256, objective: 'sharpe' },
    validation: { groups: 10, testGroups: 2, purge: 0, embargo: 0 },
    simulation: { method: 'trade-bootstrap', paths: 1_000 },
    datasetId: null,
    symbols: [],
    interval: null,
    from: '',
    to: '',
    prices: null,
    params: {},
    settings: BacktestSettings.parse({}),
    benchmark: 'buy-and-hold',
    profile: 'v1',
    priority: 'normal',
    deadline: null,
  };
}

/** Values for exactly the declared parameters: those given where they fit the declaration, else the defaults. */
export function fittingParams(specs: ParamSpecs, given: ParamValues): ParamValues {
  const fits = (name: string) => typeof given[name] === typeof specs[name]?.default;
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, fits(name) ? (given[name] ?? spec.default) : spec.default]),
  );
}

/** The choices with symbols and interval as a dataset of these series has them: those chosen that it has, else its first. */
export function onSeries(choices: RunChoices, series: readonly SeriesInfo[]): RunChoices {
  const known = choices.symbols.filter((name) => series.some(({ symbol }) => symbol === name));
  const symbols = known.length > 0 ? known : series.slice(0, 1).map(({ symbol }) => symbol);
  const intervals = series.filter(({ symbol }) => symbol === symbols[0]).map(({ interval }) => interval);
  const interval = intervals.find((one) => one === choices.interval) ?? intervals[0] ?? null;
  return { ...choices, symbols, interval };
}

/** The request that these choices stand for, made now. */
export function runOrder(
  strategyVersion: string,
  datasetId: string,
  specs: ParamSpecs,
  choices: RunChoices,
  now = Date.now(),
): RunOrder {
  const { kind, symbols, interval, from, to, prices, settings, benchmark, profile, simulation, priority } = choices;
  const { groups, testGroups, purge, embargo } = choices.validation;
  const params = fittingParams(specs, choices.params);
  const search = { ...choices.search, seed: settings.seed };
  const common = {
    strategyVersion,
    datasetId,
    options: {
      ...(symbols.length === 1 ? { symbol: symbols[0] } : {}),
      ...(symbols.length > 1 ? { symbols: [...symbols] } : {}),
      ...(interval ? { interval } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(prices ? { prices } : {}),
      // What is given is not searched.
      params: searches(kind) ? unsearched(specs, params) : params,
      settings,
      benchmark,
      profile,
    },
    priority,
    ...(choices.deadline === null ? {} : { deadline: new Date(now + choices.deadline * 60_000).toISOString() }),
  };
  switch (kind) {
    case 'backtest':
    case 'prove':
      return { kind, ...common };
    case 'sweep':
      return { kind, ...common, search };
    case 'walk-forward':
      return { kind, ...common, search, plan: { purge, embargo } };
    case 'cross-validate':
      return { kind, ...common, search, plan: { groups, testGroups, purge, embargo } };
    case 'monte-carlo':
      return { kind, ...common, simulation: { ...simulation, seed: settings.seed } };
  }
}

/** Whether runs of a kind search the parameters. */
export function searches(kind: RunChoices['kind']): boolean {
  return kind === 'sweep' || kind === 'walk-forward' || kind === 'cross-validate';
}

/** How a kind may search: what learns from its trials would have seen the tests of a cross-validation. */
export function methodsOf(kind: RunChoices['kind']): readonly SearchMethodName[] {
  return kind === 'cross-validate' ? ['grid', 'random', 'sobol'] : searchMethods;
}

/** What a kind may search for: tests put together have returns, but no trades. */
export function objectivesOf(kind: RunChoices['kind']): readonly string[] {
  const ofReturns = ['sharpe', 'sortino', 'calmar', 'totalReturn'];
  return [...ofReturns, kind === 'sweep' ? 'profitFactor' : 'omega'];
}

/** Whether a search goes through the parameter where nobody says otherwise: its declaration has bounds. */
export function isSearched(spec: ParamSpec): boolean {
  if (spec.type === 'bool' || spec.type === 'choice') return true;
  return Math.abs(spec.min) < Number.MAX_SAFE_INTEGER && Math.abs(spec.max) < Number.MAX_SAFE_INTEGER;
}

function unsearched(specs: ParamSpecs, params: ParamValues): ParamValues {
  return Object.fromEntries(Object.entries(params).filter(([name]) => specs[name] && !isSearched(specs[name])));
}

const key = (strategyId: string) => `quarry.choices.${strategyId}`;

/** The choices last made for a strategy in this browser; what no longer fits falls back to the default. */
export function recallChoices(strategyId: string): RunChoices {
  const fresh = freshChoices();
  try {
    const kept = JSON.parse(localStorage.getItem(key(strategyId)) ?? '{}') as Partial<RunChoices>;
    return { ...fresh, ...kept, settings: BacktestSettings.parse(kept.settings ?? {}) };
  } catch {
    return fresh;
  }
}

export function keepChoices(strategyId: string, choices: RunChoices): void {
  localStorage.setItem(key(strategyId), JSON.stringify(choices));
}
