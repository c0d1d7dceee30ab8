import { BacktestOptions, metricProfiles, priceBases, type ParamValues, type RiskRule } from '@quarry/contracts';
import type { RunLimits } from '@quarry/runner';
import { commissionFlag, slippageFlag, spreadFlag } from '../flags/costs.js';
import { checkRange, dateFlag } from '../flags/dates.js';
import { intervalFlag } from '../flags/interval.js';
import { borrowFlag, fundingFlag, interestFlag, marginFlag } from '../flags/holding.js';
import { memoryFlag, timeoutFlag } from '../flags/limits.js';
import { symbolsFlag } from '../flags/symbols.js';
import { volumeCapFlag } from '../flags/volume-cap.js';
import { choiceFlag, numberFlag, positiveFlag, wholeFlag } from '../flags/number.js';
import { UsageError } from '../usage-error.js';

/** The flags of `quarry backtest` as commander hands them over: text, not yet understood. */
export interface BacktestFlags {
  readonly data: string;
  readonly symbol?: string;
  readonly symbols?: string;
  readonly interval?: string;
  readonly from?: string;
  readonly to?: string;
  readonly prices?: string;
  readonly param?: ParamValues;
  readonly cash?: string;
  readonly commission?: string;
  readonly spread?: string;
  readonly slippage?: string;
  readonly borrow?: string;
  readonly interest?: string;
  readonly funding?: string;
  readonly margin?: string;
  readonly risk?: readonly RiskRule[];
  readonly fill?: string;
  readonly path?: string;
  readonly volumeCap?: string;
  readonly leverage?: string;
  readonly units?: string;
  readonly exclusive?: boolean;
  readonly atEnd?: string;
  readonly profile?: string;
  readonly benchmark?: string;
  readonly seed?: string;
  readonly family?: string;
  readonly timeout?: string;
  readonly memory?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** Parses the flags that decide the result. What is not given has the contract's default. */
export function backtestOptions(flags: BacktestFlags): BacktestOptions {
  const from = given(flags.from, (text) => dateFlag('--from', text));
  const to = given(flags.to, (text) => dateFlag('--to', text));
  checkRange(from, to);
  const margin = given(flags.margin, marginFlag);
  if (margin && flags.leverage !== undefined) {
    throw new UsageError(
      `--margin ${flags.margin} and --leverage ${flags.leverage} both say how much may be bought. Keep one.`,
    );
  }
  if (flags.symbol !== undefined && flags.symbols !== undefined) {
    throw new UsageError('--symbol and --symbols are both given. Keep one.');
  }
  return BacktestOptions.parse({
    symbol: flags.symbol,
    symbols: given(flags.symbols, symbolsFlag),
    interval: given(flags.interval, intervalFlag),
    from,
    to,
    prices: given(flags.prices, (text) => choiceFlag('--prices', text, priceBases)),
    params: flags.param ?? {},
    settings: {
      cash: given(flags.cash, (text) => positiveFlag('--cash', text, 1e15)),
      commission: given(flags.commission, commissionFlag),
      spread: given(flags.spread, spreadFlag),
      slippage: given(flags.slippage, slippageFlag),
      borrow: given(flags.borrow, borrowFlag),
      interest: given(flags.interest, interestFlag),
      funding: given(flags.funding, fundingFlag),
      margin,
      risk: flags.risk,
      fill: given(flags.fill, (text) => choiceFlag('--fill', text, ['next-open', 'this-close'])),
      path: given(flags.path, (text) =>
        choiceFlag('--path', text, ['certain', 'ohlc-path', 'adaptive-path', 'pessimistic']),
      ),
      volumeCap: given(flags.volumeCap, volumeCapFlag),
      leverage: given(flags.leverage, (text) => numberFlag('--leverage', text, { min: 1, max: 1000 })),
      units: given(flags.units, (text) => choiceFlag('--units', text, ['whole', 'fractional'])),
      exclusiveOrders: flags.exclusive,
      atEnd: given(flags.atEnd, (text) => choiceFlag('--at-end', text, ['mark', 'close-at-last-open'])),
      seed: given(flags.seed, (text) => wholeFlag('--seed', text, { min: 0, max: 0xffffffff })),
    },
    profile: given(flags.profile, (text) => choiceFlag('--profile', text, metricProfiles)),
    benchmark: given(flags.benchmark, (text) => choiceFlag('--benchmark', text, ['none', 'buy-and-hold'])),
  });
}

/** The family under which trials are counted, where one is named. */
export function familyFlag(text: string | undefined): { readonly family?: string } {
  if (text === undefined) return {};
  if (text.trim() === '') throw new UsageError('--family "" names nothing. Leave it out, or name a family.');
  return { family: text.trim() };
}

export function runLimits(flags: Pick<BacktestFlags, 'timeout' | 'memory'>, otherwise: RunLimits): RunLimits {
  return {
    ...otherwise,
    wallMs: given(flags.timeout, timeoutFlag) ?? otherwise.wallMs,
    memoryMb: given(flags.memory, memoryFlag) ?? otherwise.memoryMb,
  };
}

function given<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}
