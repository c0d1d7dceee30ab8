import type { Drawdown } from '../metric.js';

/** What a report says about falls from a peak. Depths are fractions > 0, durations µs; all 0 for a curve that never falls. */
export interface DrawdownStudy {
  readonly deepest: number;
  /** Of the deepest: peak to trough, and peak to recovery (to the last bar while open). */
  readonly toTrough: number;
  readonly toRecovery: number;
  readonly deepestIsOpen: boolean;
  /** The longest time below a peak, the deepest one or not; one still open counts to the last bar. */
  readonly longest: number;
  readonly longestIsOpen: boolean;
  readonly meanDepth: number;
  readonly meanDuration: number;
  readonly count: number;
  /** Share of bars that closed below an earlier peak. */
  readonly underWater: number;
  /** Sum of squared drawdowns over all bars. */
  readonly squares: number;
  /** The lowest equity of all bars. */
  readonly lowest: number;
  /** The deepest falls, deepest first; the earlier first where two are equally deep. */
  readonly worst: readonly Drawdown[];
}

interface Fall {
  readonly depth: number;
  readonly peakBar: number;
  readonly low: number;
  /** The bar that reaches the peak again, or the number of bars where none does. */
  readonly end: number;
}

/**
 * Walks an equity curve once, as far as it is known, and goes on when more is. A fall runs from the bar at the peak to the
 * bar that reaches it again; `start` is the account before the first bar, so that a loss on the first bar counts.
 */
export class DrawdownWatch {
  readonly #equity: Float64Array;
  readonly #time: Float64Array;
  readonly #limit: number;
  readonly #start: number;
  readonly #worst: Fall[] = [];
  #bar = 0;
  #peak: number;
  #peakBar = 0;
  #first = -1;
  #low = Infinity;
  /** Squares of the fall that goes on, of even and of odd bars: a sum waits for the one before it, two at the same time. */
  #even = 0;
  #odd = 0;
  #count = 0;
  #depths = 0;
  #durations = 0;
  #under = 0;
  #longest = 0;
  #longestIsOpen = false;
  #squares = 0;
  #lowest = Infinity;

  /**
   * @param time of the bars, µs UTC
   * @param limit how many of the deepest falls to name
   */
  constructor(equity: Float64Array, time: Float64Array, start: number, limit = 10) {
    this.#equity = equity;
    this.#time = time;
    this.#limit = limit;
    this.#start = start;
    this.#peak = start;
  }

  /** Goes on up to a bar, which is left for later. */
  take(until: number): void {
    while (this.#bar < until) {
      if (this.#first < 0) this.#rise(until);
      else this.#fall(until);
    }
  }

  /** The whole curve. */
  study(): DrawdownStudy {
    const equity = this.#equity;
    const bars = equity.length;
    this.take(bars);
    if (this.#first >= 0) this.#endFall();
    const named = this.#worst.map((fall) => drawdownOf(fall, equity, this.#time));
    const [deepest] = named;
    const count = this.#count;
    return {
      deepest: deepest?.depth ?? 0,
      toTrough: deepest ? deepest.troughTime - deepest.peakTime : 0,
      toRecovery: deepest ? (deepest.recoveryTime ?? this.#time[bars - 1]!) - deepest.peakTime : 0,
      deepestIsOpen: deepest?.recoveryTime === null,
      longest: this.#longest,
      longestIsOpen: this.#longestIsOpen,
      meanDepth: count > 0 ? this.#depths / count : 0,
      meanDuration: count > 0 ? this.#durations / count : 0,
      count,
      underWater: this.#under / bars,
      squares: this.#squares,
      lowest: Math.min(this.#lowest, this.#start, equity[0] ?? this.#start),
      worst: named,
    };
  }

  /** Up to the first bar below its peak. */
  #rise(until: number): void {
    const equity = this.#equity;
    let bar = this.#bar;
    let peak = this.#peak;
    for (; bar < until; bar++) {
      const value = equity[bar]!;
      if (value < peak) {
        this.#first = bar;
        this.#low = value;
        this.#even = 0;
        this.#odd = 0;
        break;
      }
      peak = value;
      this.#peakBar = bar;
    }
    this.#peak = peak;
    this.#bar = bar;
  }

  /** Up to the bar that reaches the peak again. */
  #fall(until: number): void {
    const equity = this.#equity;
    const peak = this.#peak;
    let bar = this.#bar;
    let low = this.#low;
    let even = this.#even;
    let odd = this.#odd;
    let isOver = false;
    for (; bar < until; bar++) {
      const value = equity[bar]!;
      if (!(value < peak)) {
        isOver = true;
        break;
      }
      if (value < low) low = value;
      const below = (peak - value) * (peak - value);
      if ((bar & 1) === 0) even += below;
      else odd += below;
    }
    this.#bar = bar;
    this.#low = low;
    this.#even = even;
    this.#odd = odd;
    if (isOver) this.#endFall();
  }

  #endFall(): void {
    const bars = this.#equity.length;
    const end = this.#bar;
    const peak = this.#peak;
    const low = this.#low;
    this.#squares += (this.#even + this.#odd) / (peak * peak);
    const lasted = this.#time[Math.min(end, bars - 1)]! - this.#time[this.#peakBar]!;
    const depth = 1 - low / peak;
    this.#count++;
    this.#depths += depth;
    this.#durations += lasted;
    this.#under += end - this.#first;
    if (low < this.#lowest) this.#lowest = low;
    if (lasted > this.#longest) {
      this.#longest = lasted;
      this.#longestIsOpen = end === bars;
    }
    if (this.#worst.length < this.#limit || depth > this.#worst[this.#limit - 1]!.depth) {
      insert(this.#worst, { depth, peakBar: this.#peakBar, low, end });
      if (this.#worst.length > this.#limit) this.#worst.pop();
    }
    this.#first = -1;
  }
}

function insert(worst: Fall[], fall: Fall): void {
  let rank = worst.length;
  while (rank > 0 && worst[rank - 1]!.depth < fall.depth) rank--;
  worst.splice(rank, 0, fall);
}

/** The trough is the first bar of the lowest equity. */
function drawdownOf({ depth, peakBar, low, end }: Fall, equity: Float64Array, time: Float64Array): Drawdown {
  return {
    depth,
    peakTime: time[peakBar]!,
    troughTime: time[equity.indexOf(low, peakBar)]!,
    recoveryTime: end < equity.length ? time[end]! : null,
  };
}
