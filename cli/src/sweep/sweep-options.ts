import { SearchOptions, searchMethods, type BacktestOptions } from '@quarry/contracts';
import { backtestOptions, familyFlag, type BacktestFlags } from '../backtest/backtest-options.js';
import { choiceFlag, wholeFlag } from '../flags/number.js';
import type { RemoteFlags } from '../flags/remote.js';
import type { SearchedParams } from '../flags/search.js';
import { UsageError } from '../usage-error.js';

/** The flags of a search as commander hands them over. */
export interface SearchFlags extends Omit<BacktestFlags, 'param' | 'profile' | 'benchmark'>, RemoteFlags {
  readonly param?: SearchedParams;
  readonly constraint?: readonly string[];
  readonly when?: SearchOptions['conditions'];
  readonly method?: string;
  readonly trials?: string;
  readonly objective?: string;
  readonly maximize?: boolean;
  readonly minimize?: boolean;
  readonly patience?: string;
  readonly lanes?: string;
}

export interface SweepFlags extends SearchFlags {
  readonly top?: string;
}

/** A search learns little from a thousand trials that it does not from two hundred. */
const learningTrials = 200;

export interface ParsedSearch {
  readonly options: BacktestOptions;
  readonly search: SearchOptions;
  readonly lanes?: number;
  readonly family?: string;
}

/** Parses what decides a search. What is not given has the contract's default. */
export function searchOptions(flags: SearchFlags): ParsedSearch {
  if (flags.maximize && flags.minimize) throw new UsageError('--maximize and --minimize are both given. Keep one.');
  const { param, ...others } = flags;
  const options = backtestOptions({ ...others, param: param?.fixed ?? {} });
  const method = flags.method === undefined ? 'grid' : choiceFlag('--method', flags.method, searchMethods);
  const learns = method === 'tpe' || method === 'genetic';
  const search = SearchOptions.parse({
    ranges: param?.ranges ?? {},
    constraints: flags.constraint ?? [],
    conditions: flags.when ?? {},
    method,
    trials: whole('--trials', flags.trials, 1_000_000) ?? (learns ? learningTrials : undefined),
    objective: flags.objective,
    direction: flags.minimize ? 'minimise' : 'maximise',
    seed: options.settings.seed,
    patience: whole('--patience', flags.patience, 1_000),
  });
  const lanes = whole('--lanes', flags.lanes, 64);
  return {
    ...{ options, search },
    ...(lanes !== undefined && { lanes }),
    ...familyFlag(flags.family),
  };
}

function whole(flag: string, text: string | undefined, max: number): number | undefined {
  return text === undefined ? undefined : wholeFlag(flag, text, { min: 1, max });
}
