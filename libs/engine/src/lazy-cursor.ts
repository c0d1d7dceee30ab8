import { momentAtOrAfter } from './pace.js';
import type { Cursor } from './series.js';

/** The moment at which a run over several series stands, µs UTC. The broker alone moves it. */
export interface Instant {
  now: number;
}

/**
 * A cursor that goes on when somebody looks: of five hundred series most are asked nothing for weeks, and then cost
 * nothing. It stands at the newest bar that is known at the run's moment.
 */
export class LazyCursor implements Cursor {
  readonly length: number;
  started = false;
  readonly #instant: Instant;
  readonly #knownAt: Float64Array;
  readonly #live: (() => void)[] = [];
  #index = -1;
  /** The moment for which the index holds. */
  #at = -Infinity;
  /** The newest bar that the followers have computed. */
  #told = -1;

  constructor(knownAt: Float64Array, instant: Instant) {
    this.length = knownAt.length;
    this.#knownAt = knownAt;
    this.#instant = instant;
  }

  get index(): number {
    if (this.#at !== this.#instant.now) this.#catchUp();
    return this.#index;
  }

  get isFollowed(): boolean {
    return this.#live.length > 0;
  }

  onMove(compute: () => void): void {
    this.#live.push(compute);
  }

  /** Has all that is computed bar by bar computed up to the newest bar; of several that are new, one after another. */
  tell(): void {
    const newest = this.index;
    while (this.#told < newest) {
      this.#index = ++this.#told;
      for (const compute of this.#live) compute();
    }
  }

  #catchUp(): void {
    const known = this.#knownAt;
    const { now } = this.#instant;
    this.#at = now;
    let bar = this.#index + 1;
    if (bar === known.length || known[bar]! > now) return;
    bar = momentAtOrAfter(known, now, bar);
    while (bar < known.length && known[bar] === now) bar++;
    this.#index = bar - 1;
  }
}
