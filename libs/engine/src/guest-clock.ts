import type { Pace } from './pace.js';
import type { Cursor } from './series.js';

/** Where a run stands, for those who live beside the strategy: its Date and its console. */
export class GuestClock {
  #pace: Pace | null = null;
  #cursor: Cursor | null = null;

  /** Index of the run's current bar, -1 before the first. */
  get bar(): number {
    return this.#cursor?.index ?? -1;
  }

  /** Start of the current bar, µs UTC; null before the first. */
  get time(): number | null {
    return this.#pace?.time[this.bar] ?? null;
  }

  /** The moment the strategy speaks, µs UTC: when the current bar was complete. Before the first bar, when that one begins. */
  get now(): number {
    return this.#pace?.knownAt[this.bar] ?? this.#pace?.time[0] ?? 0;
  }

  /** The run calls this once. */
  follow(pace: Pace, cursor: Cursor): void {
    this.#pace = pace;
    this.#cursor = cursor;
  }
}
