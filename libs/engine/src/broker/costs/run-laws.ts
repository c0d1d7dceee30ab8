import { Book } from '../book.js';
import { Ledger } from '../ledger/ledger.js';
import { type RandomRun, randomRun } from './random-runs.js';
import { Replay } from '../../replay.js';
import type { BacktestResult } from '../../results.js';
import { StrategyRun, wholeTape } from '../../strategy-run.js';

/** A random run played by the guest and replayed by the host, whose ledger keeps a journal. */
export interface PlayedRun extends RandomRun {
  readonly result: BacktestResult;
  /** What the guest's own records come to. */
  readonly own: BacktestResult;
  readonly guestEquity: number;
  readonly guestCash: number;
  readonly ledger: Ledger;
}

/** @throws LedgerError where the replay's ledger does not come out */
export function played(seed: number, ledger = new Ledger(true), scale = 1): PlayedRun {
  const drawn = randomRun(seed, scale);
  const { bars, settings, strategy } = drawn;
  const book = new Book();
  const run = new StrategyRun(strategy, { bars, settings, params: {} }, {}, book);
  const tape = wholeTape(run);
  const replay = new Replay(bars, settings, null, new Book(ledger));
  replay.take(tape);
  const result = replay.finish();
  const own = book.result(result.equity, result.exposure, run.broker.venues, result.trades.tags);
  return { ...drawn, result, own, guestEquity: run.finalEquity, guestCash: run.broker.account.cash, ledger };
}

/** Every law of money that a run must keep, each broken one in a sentence; none for a run that keeps all. */
export function brokenLaws(run: PlayedRun): string[] {
  const { result, settings, guestEquity, guestCash, ledger } = run;
  const { costs, trades, orders } = result;
  const said: string[] = [];
  const hold = (law: string, isKept: boolean) => void (isKept || said.push(law));
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(settings.cash, Math.abs(a), Math.abs(b));

  const final = result.equity.at(-1)!;
  hold(`the replay's final equity ${final} is the guest's ${guestEquity}`, final === guestEquity);
  for (const entry of ledger.journal!) {
    const off = exactSum(entry.postings.map(([, amount]) => amount));
    hold(`the postings of "${entry.of}" sum to exactly 0`, off === 0n);
  }
  const cash = ledger.journal!.flatMap(({ postings }) => postings.filter(([account]) => account === 'cash'));
  hold(
    'the cash postings sum to exactly the cash of the account',
    exactSum(cash.map(([, amount]) => amount)) === exactSum([guestCash]),
  );

  const { funding, ...others } = costs;
  for (const [kind, paid] of Object.entries(others)) hold(`${kind} of ${paid} is not below 0`, paid >= 0);
  hold('orders were charged the commission that was paid', near(sum(orders.commission), costs.commission));
  const { received, paid } = result.dividends;
  hold(`dividends of ${received} received and ${paid} paid are not below 0`, received >= 0 && paid >= 0);
  const carried = costs.borrow + costs.interest + funding + paid - received;
  const pnl = sum(trades.pnl);
  if (final !== 0) {
    hold('no money appears or vanishes', near(final, settings.cash + pnl - carried));
    hold('trades paid the commission of their orders', near(sum(trades.commission), costs.commission));
  }
  for (const kind of ['slippage', 'spread', 'borrow', 'interest', 'funding'] as const) {
    const ofTrades = trades.costs ? sum(trades.costs[kind]) : 0;
    hold(`trades paid ${ofTrades} of the ${kind} of ${costs[kind]}`, near(ofTrades, costs[kind]));
  }
  const total = (account: Parameters<Ledger['total']>[0]) => ledger.total(account);
  hold(
    'cash is the capital, the profits at the bars’ prices, less what was paid',
    near(
      guestCash + total('written-off'),
      -total('capital') - total('realised') - costs.commission - costs.slippage - costs.spread - carried,
    ),
  );
  hold('rounding is all but nothing', Math.abs(total('rounding')) <= 1e-7 * settings.cash);
  for (let i = 0; i < orders.length; i++) {
    const fault = wrongCharge(run, i);
    if (fault !== null) said.push(fault);
  }
  return said;
}

/** What an order must have been charged where that follows from its fills alone. */
function wrongCharge({ settings: { commission }, result }: PlayedRun, i: number): string | null {
  const { orders, actions } = result;
  const units = Math.abs(orders.size[i]!);
  const value = units * orders.fillPrice[i]!;
  const charged = orders.commission[i]!;
  if (!(value > 0) || orders.state[i] !== 0) return null;
  // An order of the market may have filled at that very price: what was settled is told by its money too.
  const isSettled = ({ kind, series, bar, value: price, cash }: (typeof actions)[number]) =>
    (kind === 'cash-in-lieu' || kind === 'delisting') &&
    series === orders.series[i] &&
    bar === orders.endBar[i] &&
    price === orders.fillPrice[i] &&
    Math.abs(Math.abs(cash) - value) <= 1e-9 * value;
  if (actions.some(isSettled)) return charged === 0 ? null : `order ${i} was settled and charged ${charged}`;
  const rates =
    commission.kind === 'fraction'
      ? [commission.rate, commission.rate]
      : commission.kind === 'maker-taker'
        ? [commission.maker, commission.taker]
        : commission.kind === 'tiered' && commission.by === 'value'
          ? [commission.tiers.at(-1)!.rate, commission.tiers[0]!.rate]
          : null;
  if (rates === null) return null;
  const isRight = charged >= value * rates[0]! * (1 - 1e-9) && charged <= value * rates[1]! * (1 + 1e-9);
  return isRight ? null : `order ${i} of ${value} was charged ${charged}`;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The sum of float64 numbers as a whole number of 2^-1074, the smallest of them: exact. */
export function exactSum(values: readonly number[]): bigint {
  return values.reduce((total, value) => total + inSmallest(value), 0n);
}

const bits = new DataView(new ArrayBuffer(8));

function inSmallest(value: number): bigint {
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return raw >> 63n === 0n ? magnitude : -magnitude;
}
