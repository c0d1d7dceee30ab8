import type { Strategy } from '@quarry/engine';
import {
  barsBetween,
  newLoop,
  paramSpecsOf,
  rememberColumns,
  resolveParams,
  StrategyRun,
  withPrices,
  type Bars,
  type BacktestSettings,
  type GuestClock,
  type ParamValue,
  type TimeRange,
} from '@quarry/engine/host';
import type { Log } from './log.js';
import { describeThrown } from './thrown.js';

/** One trial of several: its parameters, and the bars that it is over where those are not all, or have other prices. */
export interface TrialInput {
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly settings: BacktestSettings;
  readonly range: TimeRange | null;
  /** Open, high, low, close and volume of the first series, one after the other, in place of the dataset's. */
  readonly prices: ArrayBuffer | null;
  /** The most that its tape may take. */
  readonly tapeBytes: number;
}

export interface TrialOutcome {
  readonly failure: TrialFailure | null;
  readonly tape: ArrayBuffer | null;
  readonly finalEquity: number;
}

interface TrialFailure {
  readonly code: 'threw' | 'bad-parameters' | 'result-too-large';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What indicators may keep from trial to trial, bytes. */
const rememberedBytes = 64 * 2 ** 20;
const { ArrayBuffer: Buffer, Float64Array: Column, Uint8Array: Bytes } = globalThis;

/** The trials of one strategy, one after the other in one realm; none leaves anything behind but what indicators keep. */
export class Trials {
  readonly #evaluate: () => Strategy;
  readonly #seeded: (seed: number) => () => number;
  readonly #bars: readonly Bars[];
  readonly #clock: GuestClock;
  readonly #log: Log;
  readonly #loop = newLoop();
  #cut: { readonly range: TimeRange; readonly bars: readonly Bars[] } | null = null;

  /**
   * @param evaluate runs the strategy's script anew
   * @param seeded makes the realm's generator, which is also the run's
   */
  constructor(
    evaluate: () => Strategy,
    { bars, clock, log }: { readonly bars: readonly Bars[]; readonly clock: GuestClock; readonly log: Log },
    seeded: (seed: number) => () => number,
  ) {
    this.#evaluate = evaluate;
    this.#seeded = seeded;
    this.#bars = bars;
    this.#clock = clock;
    this.#log = log;
    rememberColumns(rememberedBytes);
  }

  /** A whole run. What it logs is dropped. */
  run({ params, settings, range, prices, tapeBytes }: TrialInput): TrialOutcome {
    const random = this.#seeded(settings.seed);
    try {
      const strategy = this.#evaluate();
      const resolved = resolveParams(paramSpecsOf(strategy), params);
      if ('errors' in resolved) return failed('bad-parameters', resolved.errors.join(' '));
      const input = { bars: this.#barsOf(range, prices), settings, params: resolved.values };
      const run = new StrategyRun(strategy, input, { clock: this.#clock, random, loop: this.#loop });
      const blocks: Uint8Array[] = [];
      let length = 0;
      do {
        const block = run.goOn();
        blocks.push(block);
        length += block.length;
        if (length > tapeBytes) return failed('result-too-large', '');
      } while (!run.isEnded);
      return { failure: null, tape: joined(blocks, length), finalEquity: run.finalEquity };
    } catch (thrown) {
      const { message, line, column } = describeThrown(thrown);
      return failed('threw', isOfFrozen(message) ? `${message}. ${keepElsewhere}` : message, line, column);
    } finally {
      this.#log.clear();
    }
  }

  /** Trials over one range follow each other: what indicators keep of a column is found again by the column itself. */
  #barsOf(range: TimeRange | null, prices: ArrayBuffer | null): readonly Bars[] {
    if (range && (this.#cut?.range.from !== range.from || this.#cut.range.to !== range.to)) {
      this.#cut = { range, bars: barsBetween(this.#bars, range) };
      rememberColumns(rememberedBytes);
    }
    const bars = range ? this.#cut!.bars : this.#bars;
    if (!prices) return bars;
    rememberColumns(rememberedBytes);
    return [withPrices(bars[0]!, new Column(prices)), ...bars.slice(1)];
  }
}

/** A run of its own may put something on a global; trials share a realm, and must find it as the one before did. */
const keepElsewhere =
  'Where trials follow each other, globals and builtins cannot be changed, though a single backtest lets you: keep it in a variable of the module, or in what init returns.';

/** What V8 says of a change to something frozen. */
function isOfFrozen(message: string): boolean {
  return /^TypeError: Cannot (add property|assign to read only|define property|redefine property|delete property)/.test(
    message,
  );
}

function failed(code: TrialFailure['code'], message: string, line = 0, column = 0): TrialOutcome {
  return { failure: { code, message, line, column }, tape: null, finalEquity: 0 };
}

/** In a buffer of the class that was there before any strategy came. */
function joined(blocks: readonly Uint8Array[], length: number): ArrayBuffer {
  const buffer = new Buffer(length);
  const bytes = new Bytes(buffer);
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return buffer;
}
