import { barSeriesFrom } from './bar-series.js';
import type { Bars } from './bars.js';
import type { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { OrderEvents } from './broker/order-events.js';
import { Desk, eventOf } from './desk.js';
import type { GuestClock } from './guest-clock.js';
import { runLoop } from './loop.js';
import { newLoop } from './new-loop.js';
import type { ParamSpecs, ParamsOf, ParamValue } from './params.js';
import { prepareColumns } from './new-column.js';
import { type Plot, Plots } from './plots.js';
import { seededRandom } from './random.js';
import { seriesLookup } from './series-lookup.js';
import type { BacktestSettings } from './settings.js';
import type { Strategy } from './strategy.js';
import { TapeWriter } from './tape/tape.js';

/** How the surroundings take part in a run. */
export interface GuestHooks {
  /** Follows the run, for whoever must know the current bar: the guest's Date, its console. */
  readonly clock?: GuestClock;
  /** The run's generator, where it serves others too (the guest's Math.random). */
  readonly random?: () => number;
  /** The loop that goes through a long run, where several runs share one; else each has its own. */
  readonly loop?: typeof runLoop;
}

/** What a run is over. */
export interface RunInput {
  readonly bars: readonly Bars[];
  readonly settings: BacktestSettings;
  /** By name, as `resolveParams` answers them. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** The row of the tape at whose writing the run ends with an error, whose stack tells what writes it. */
  readonly breakAt?: number | undefined;
}

/** Stretches end after so many bars, then four times as many, up to the longest: news soon, and seldom in a long run. */
const firstStretch = 256;
const longestStretch = 32_768;
/** So many bars that are yet to come pay for a loop of their own: the shared one is compiled already. */
const longRun = 200_000;

/**
 * A strategy's run: `init` once, `next` at every moment at which one of the series completes a bar. It goes in stretches, the same ones for the
 * same number of bars, so that whoever started it can take what it told the broker meanwhile. Only that tape counts; the
 * rest is the guest's word. Whatever the strategy throws passes through.
 */
export class StrategyRun {
  /** Inside the engine only: tests compare it with the replay's. */
  readonly broker: Broker;
  readonly #strategy: Strategy;
  readonly #signals: unknown;
  readonly #desk: Desk<ParamSpecs>;
  readonly #tape: TapeWriter;
  readonly #plots = new Plots();
  readonly #length: number;
  #loop: typeof runLoop | null;
  #done = 0;
  #isEnded = false;

  /** Calls `init`. `book` keeps records of its own. */
  constructor(
    strategy: Strategy,
    { bars, settings, params, breakAt }: RunInput,
    hooks: GuestHooks = {},
    book: Book | null = null,
  ) {
    const broker = new Broker(bars, settings, book);
    const series = broker.venues.map((venue) => barSeriesFrom(venue.bars, venue.cursor, broker));
    const symbol = seriesLookup(series);
    const values = Object.freeze({ ...params }) as ParamsOf<ParamSpecs>;
    const random = hooks.random ?? seededRandom(settings.seed);
    this.broker = broker;
    this.#tape = new TapeWriter(breakAt);
    this.#length = broker.pace.length;
    const desk = new Desk(
      broker,
      { series, symbol, params: values, random },
      { tape: this.#tape, plots: this.#plots, listens: strategy.onOrder !== undefined },
    );
    this.#desk = desk;
    hooks.clock?.follow(broker.pace, broker.now);
    this.#loop = hooks.loop ?? null;
    this.#strategy = strategy.onOrder ? heard(strategy, strategy.onOrder, broker, desk) : strategy;
    this.#signals = strategy.init({ bars: desk.bars, series, symbol, params: values });
    prepareColumns(0, 0);
    for (const { cursor } of broker.venues) cursor.started = true;
    broker.now.started = true;
  }

  /** Whether all bars are done, or trading has ended before. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** How many bars are done. */
  get done(): number {
    return this.#done;
  }

  /** Goes on by a stretch. Answers the block of the tape that it yielded. */
  goOn(): Uint8Array {
    const until = Math.min(this.#length, stretchEnd(this.#done));
    if (this.#length - this.#done >= longRun) this.#loop ??= newLoop();
    const loop = this.#loop ?? runLoop;
    loop(this.#strategy, this.#signals, this.#desk, this.broker, this.#done, until);
    this.#done = until;
    this.#isEnded = until === this.#length || this.broker.isOver;
    if (this.#isEnded) this.broker.finish();
    return this.#tape.block(until);
  }

  get plots(): readonly Plot[] {
    return this.#plots.lines();
  }

  get finalEquity(): number {
    return this.broker.account.equity;
  }
}

/** The strategy with an ear: its `next` first hears what became of its orders. */
function heard(
  strategy: Strategy,
  onOrder: NonNullable<Strategy['onOrder']>,
  broker: Broker,
  desk: Desk<ParamSpecs>,
): Strategy {
  const events = new OrderEvents();
  broker.events = events;
  return {
    ...strategy,
    next(trader, signals) {
      const notes = events.take();
      for (let i = 0; i < notes.length; i++) onOrder.call(strategy, trader, eventOf(desk, notes[i]!), signals);
      strategy.next(trader, signals);
    },
  };
}

function stretchEnd(done: number): number {
  if (done >= longestStretch) return done + longestStretch;
  return done === 0 ? firstStretch : done * 4;
}

/** What comes out of a whole run. */
export interface GuestRun {
  readonly tape: Uint8Array;
  readonly plots: readonly Plot[];
  readonly finalEquity: number;
}

/** Runs a strategy over all bars. Whatever it throws passes through. */
export function runStrategy(strategy: Strategy, input: RunInput, hooks: GuestHooks = {}): GuestRun {
  const run = new StrategyRun(strategy, input, hooks);
  const tape = wholeTape(run);
  return { tape, plots: run.plots, finalEquity: run.finalEquity };
}

/** The tape of a run that has yet to begin: all its blocks. */
export function wholeTape(run: StrategyRun): Uint8Array {
  const blocks: Uint8Array[] = [];
  do blocks.push(run.goOn());
  while (!run.isEnded);
  const tape = new Uint8Array(blocks.reduce((length, block) => length + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    tape.set(block, at);
    at += block.length;
  }
  return tape;
}
