import { MonteCarloOptions } from '@quarry/contracts';
import { backtestOptions, type BacktestFlags } from '../backtest/backtest-options.js';
import { methodFlag } from '../flags/monte-carlo-method.js';
import { numberFlag, wholeFlag } from '../flags/number.js';
import type { RemoteFlags } from '../flags/remote.js';
import { shareFlag } from '../flags/share.js';
import { UsageError } from '../usage-error.js';

/** The flags of `quarry monte-carlo` as commander hands them over. */
export interface MonteCarloFlags extends Omit<BacktestFlags, 'data' | 'profile' | 'benchmark' | 'family'>, RemoteFlags {
  readonly data?: string;
  readonly method: string;
  readonly paths?: string;
  readonly block?: string;
  readonly ruin?: string;
  readonly goal?: string;
  readonly levels?: string;
  readonly probability?: string;
  readonly width?: string;
  readonly constraint?: readonly string[];
  readonly lanes?: string;
}

const drawnPaths = 10_000;
const runAgain = 200;

/** Parses what decides a Monte Carlo, the backtest that it starts from apart. */
export function monteCarloOptions(flags: MonteCarloFlags): MonteCarloOptions {
  const method = methodFlag(flags.method);
  const isRunAgain = method.startsWith('synthetic-') || method.startsWith('stress-');
  const number = (flag: string, text: string | undefined, otherwise: number, range: { min: number; max?: number }) =>
    text === undefined ? otherwise : numberFlag(flag, text, range);
  const share = { min: 0, max: 1 };
  return MonteCarloOptions.parse({
    method,
    paths: flags.paths === undefined ? (isRunAgain ? runAgain : drawnPaths) : pathsFlag(flags.paths),
    seed: flags.seed === undefined ? 1 : wholeFlag('--seed', flags.seed, { min: 0, max: 0xffffffff }),
    blockLength: flags.block === undefined ? null : numberFlag('--block', flags.block, { min: 1 }),
    ruin: number('--ruin', flags.ruin, 0.5, share),
    goal: number('--goal', flags.goal, 2, { min: 1 }),
    levels:
      flags.levels === undefined
        ? method === 'stress-delay'
          ? [1, 2, 3, 5]
          : [0, 1, 2, 3, 5]
        : levelsFlag(flags.levels, method),
    probability: flags.probability === undefined ? 0.1 : shareFlag('--probability', flags.probability),
    width: flags.width === undefined ? 0.05 : shareFlag('--width', flags.width),
  });
}

/** The settings and data of the backtest that it starts from. */
export function monteCarloRun(flags: MonteCarloFlags) {
  return backtestOptions({ ...flags, data: flags.data ?? '' });
}

function pathsFlag(text: string): number {
  return wholeFlag('--paths', text, { min: 1, max: 1_000_000 });
}

function levelsFlag(text: string, method: string): number[] {
  const levels = text.split(',').map((level) => numberFlag('--levels', level.trim(), { min: 0, max: 1e6 }));
  if (method === 'stress-delay' && !levels.every(Number.isInteger)) {
    throw new UsageError(`--levels ${text}: orders are late by whole bars. Write it like 1,2,3.`);
  }
  return levels;
}
