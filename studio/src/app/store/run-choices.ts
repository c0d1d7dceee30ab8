import { BacktestSettings } from '@quarry/contracts';
import type {
  BacktestOptions,
  MonteCarloMethod,
  ParamSpec,
  ParamSpecs,
  ParamValues,
  PriceBasis,
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

/** What the run panel holds: everything a person chooses beside the code. */
export interface RunChoices {
  readonly kind: 'backtest' | 'sweep' | 'monte-carlo';
  readonly search: SearchChoices;
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
}

export function freshChoices(): RunChoices {
  return {
    kind: 'backtest',
    search: { method: 'sobol', trials: 256, objective: 'sharpe' },
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

/** The request that these choices stand for. */
export function runOrder(strategyVersion: string, datasetId: string, specs: ParamSpecs, choices: RunChoices): RunOrder {
  const { kind, symbols, interval, from, to, prices, settings, benchmark, profile, search, simulation } = choices;
  const params = fittingParams(specs, choices.params);
  const subject = {
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
      params: kind === 'sweep' ? unsearched(specs, params) : params,
      settings,
      benchmark,
      profile,
    },
  };
  switch (kind) {
    case 'backtest':
      return { kind, ...subject };
    case 'sweep':
      return { kind, ...subject, search: { ...search, seed: settings.seed } };
    case 'monte-carlo':
      return { kind, ...subject, simulation: { ...simulation, seed: settings.seed } };
  }
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
