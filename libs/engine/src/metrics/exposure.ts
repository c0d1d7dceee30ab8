/** How much of the account was at work, over all bars. */
export interface ExposureSummary {
  /** Share of bars that closed with a position. */
  readonly timeInMarket: number;
  /** Mean of |position value| over equity. */
  readonly gross: number;
  /** Mean of position value over equity, shorts negative. */
  readonly net: number;
  /** The largest |position value| over equity of any close: the leverage that was used. */
  readonly largest: number;
}

/** Adds up how much of the account was at work, as far as it is known, and goes on when more is. */
export class ExposureWatch {
  readonly #exposure: Float64Array;
  #bar = 0;
  #flat = 0;
  #largest = 0;
  /** Sums of even and of odd bars: a sum waits for the one before it, and two of them wait at the same time. */
  #gross = 0;
  #oddGross = 0;
  #net = 0;
  #oddNet = 0;

  constructor(exposure: Float64Array) {
    this.#exposure = exposure;
  }

  /** Goes on up to a bar, which is left for later. Bars are taken in pairs: one may be left for later too. */
  take(until: number): void {
    const exposure = this.#exposure;
    let flat = 0;
    let largest = this.#largest;
    let gross = this.#gross;
    let oddGross = this.#oddGross;
    let net = this.#net;
    let oddNet = this.#oddNet;
    let bar = this.#bar;
    for (; bar + 1 < until; bar += 2) {
      const even = exposure[bar]!;
      const odd = exposure[bar + 1]!;
      flat += Number(even === 0) + Number(odd === 0);
      const a = Math.abs(even);
      const b = Math.abs(odd);
      largest = Math.max(largest, a, b);
      gross += a;
      net += even;
      oddGross += b;
      oddNet += odd;
    }
    this.#bar = bar;
    this.#flat += flat;
    this.#largest = largest;
    this.#gross = gross;
    this.#oddGross = oddGross;
    this.#net = net;
    this.#oddNet = oddNet;
  }

  /** All bars. */
  study(): ExposureSummary {
    const bars = this.#exposure.length;
    this.take(bars);
    const last = this.#bar < bars ? this.#exposure[bars - 1]! : 0;
    const isFlat = this.#bar < bars && last === 0;
    return {
      timeInMarket: (bars - this.#flat - Number(isFlat)) / bars,
      gross: (this.#gross + Math.abs(last) + this.#oddGross) / bars,
      net: (this.#net + last + this.#oddNet) / bars,
      largest: Math.max(this.#largest, Math.abs(last)),
    };
  }
}
