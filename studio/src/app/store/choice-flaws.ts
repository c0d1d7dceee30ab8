import { BacktestSettings } from '@quarry/contracts';
import type { ParamSpecs } from '@quarry/contracts';
import { fittingParams, isSearched, methodsOf, objectivesOf, searches } from './run-choices';
import type { RunChoices } from './run-choices';

/** A sentence for each field that holds what no run can take, by the field's name. */
export type Flaws = Readonly<Record<string, string>>;

const limits: Flaws = {
  cash: 'Cash is a number above 0.',
  leverage: 'Leverage is a number from 1 to 1000.',
  seed: 'The seed is a whole number from 0 to 4294967295.',
  commission: 'Commission is a number of at least 0; a rate is at most 10000 bp.',
  spread: 'The spread is from 0 to 10000 bp.',
  slippage: 'Slippage is from 0 to 10000 bp.',
};

/** What stands in the way of a run. Parameters are named `param-` and their name, as their fields are. */
export function choiceFlaws(choices: RunChoices, specs: ParamSpecs): Flaws {
  return {
    ...settingFlaws(choices.settings),
    ...dateFlaws(choices),
    ...paramFlaws(choices, specs),
    ...kindFlaws(choices, specs),
    ...deadlineFlaws(choices),
  };
}

function kindFlaws({ kind, search, simulation, validation }: RunChoices, specs: ParamSpecs): Flaws {
  const isCount = (count: number) => Number.isInteger(count) && count >= 1 && count <= 1_000_000;
  if (kind === 'monte-carlo' && !isCount(simulation.paths)) {
    return { paths: 'Paths are a whole number from 1 to 1000000.' };
  }
  if (!searches(kind)) return {};
  if (!Object.values(specs).some(isSearched)) {
    return { kind: 'No parameter declares bounds, so there is nothing to search. Declare some in the code.' };
  }
  return {
    ...(isCount(search.trials) ? {} : { trials: 'Trials are a whole number from 1 to 1000000.' }),
    ...(methodsOf(kind).includes(search.method)
      ? {}
      : { method: `${search.method} learns from results that hold the tests. Choose another.` }),
    ...(objectivesOf(kind).includes(search.objective)
      ? {}
      : { objective: `${search.objective} cannot be searched for here. Choose another.` }),
    ...(kind === 'sweep' ? {} : validationFlaws(kind, validation)),
  };
}

function validationFlaws(
  kind: RunChoices['kind'],
  { groups, testGroups, purge, embargo }: RunChoices['validation'],
): Flaws {
  const isLength = (length: number) => Number.isInteger(length) && length >= 0 && length <= 1e9;
  const isGroups = Number.isInteger(groups) && groups >= 2 && groups <= 1_000;
  const length = 'A whole number from 0 on.';
  return {
    ...(isLength(purge) ? {} : { purge: length }),
    ...(isLength(embargo) ? {} : { embargo: length }),
    ...(kind !== 'cross-validate' || isGroups ? {} : { groups: 'Groups are a whole number from 2 to 1000.' }),
    ...(kind !== 'cross-validate' || (Number.isInteger(testGroups) && testGroups >= 1 && !(testGroups >= groups))
      ? {}
      : { testGroups: 'A whole number from 1 on, and fewer than the groups.' }),
  };
}

function deadlineFlaws({ deadline }: RunChoices): Flaws {
  if (deadline === null || (deadline > 0 && deadline <= 1e6)) return {};
  return { deadline: 'Minutes are a number above 0; empty for no deadline.' };
}

function settingFlaws(settings: BacktestSettings): Flaws {
  const { error } = BacktestSettings.safeParse(settings);
  // The contract's own sentence where there is one for the field's models.
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [String(path[0]), limits[String(path[0])] ?? message]),
  );
}

function dateFlaws({ from, to }: RunChoices): Flaws {
  const wrong = 'A date is written like 2010-12-31.';
  return {
    ...(isDay(from) ? {} : { from: wrong }),
    ...(isDay(to) ? {} : { to: wrong }),
    ...(from && to && isDay(from) && isDay(to) && to < from ? { to: 'The last day is before the first.' } : {}),
  };
}

/** Empty stands for the end of the series. */
function isDay(text: string): boolean {
  if (text === '') return true;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function paramFlaws(choices: RunChoices, specs: ParamSpecs): Flaws {
  const flaws: Record<string, string> = {};
  for (const [name, value] of Object.entries(fittingParams(specs, choices.params))) {
    const spec = specs[name];
    if (typeof value !== 'number' || !spec || !('min' in spec)) continue;
    const whole = spec.type !== 'int' || Number.isInteger(value);
    if (whole && value >= spec.min && value <= spec.max) continue;
    flaws[`param-${name}`] = `${spec.type === 'int' ? 'A whole number' : 'A number'} from ${spec.min} to ${spec.max}.`;
  }
  return flaws;
}
