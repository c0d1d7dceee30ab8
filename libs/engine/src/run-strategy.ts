import { barSeriesFrom } from './bar-series.js';
import type { Bars } from './bars.js';
import type { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { Desk } from './desk.js';
import type { GuestClock } from './guest-clock.js';
import { runLoop } from './loop.js';
import type { ParamSpecs, ParamsOf, ParamValue } from './params.js';
import { type Plot, Plots } from './plots.js';
import { seededRandom } from './random.js';
import type { BacktestSettings } from './settings.js';
import type { Strategy } from './strategy.js';
import { type OrderTape, TapeWriter } from './tape/tape.js';

/** What comes out of a strategy's run. Only the tape counts; the rest is the guest's word. */
export interface GuestRun {
  readonly tape: OrderTape;
  readonly plots: readonly Plot[];
  readonly finalEquity: number;
}

/** How the surroundings take part in a run. */
export interface GuestHooks {
  /** Follows the run, for whoever must know the current bar: the guest's Date, its console. */
  readonly clock?: GuestClock;
  /** The run's generator, where it serves others too (the guest's Math.random). */
  readonly random?: () => number;
}

/**
 * Runs a strategy over the bars: `init` once, `next` at every bar of the first series. Whatever the strategy throws
 * passes through.
 *
 * @param params by name, as `resolveParams` answers them
 */
export function runStrategy(
  strategy: Strategy,
  bars: readonly Bars[],
  settings: BacktestSettings,
  params: Readonly<Record<string, ParamValue>>,
  hooks: GuestHooks = {},
): GuestRun {
  return runWithBook(strategy, bars, settings, params, hooks, null).run;
}

/** `runStrategy`, with records of its own and the broker that it used: tests compare them with the replay's. */
export function runWithBook(
  strategy: Strategy,
  bars: readonly Bars[],
  settings: BacktestSettings,
  params: Readonly<Record<string, ParamValue>>,
  hooks: GuestHooks,
  book: Book | null,
): { readonly run: GuestRun; readonly broker: Broker } {
  if (bars.length === 0) throw new RangeError('A run needs at least one series of bars.');
  const broker = new Broker(bars, settings, book);
  const series = broker.venues.map((venue) => barSeriesFrom(venue.bars, venue.cursor));
  const values = Object.freeze({ ...params }) as ParamsOf<ParamSpecs>;
  const tape = new TapeWriter();
  const plots = new Plots();
  const desk = new Desk(broker, series, values, hooks.random ?? seededRandom(settings.seed), { tape, plots });
  hooks.clock?.follow(broker.venues[0]!);

  const signals = strategy.init({ bars: desk.bars, series, params: values });
  for (const { cursor } of broker.venues) cursor.started = true;
  runLoop(strategy, signals, desk, broker);
  return { run: { tape: tape.tape(), plots: plots.lines(), finalEquity: broker.account.equity }, broker };
}
