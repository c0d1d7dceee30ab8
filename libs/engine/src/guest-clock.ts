import type { Venue } from './broker/venue.js';

/** Where a run stands, for those who live beside the strategy: its Date and its console. */
export class GuestClock {
  #venue: Venue | null = null;

  /** Index of the current bar of the first series, -1 before the first. */
  get bar(): number {
    return this.#venue?.cursor.index ?? -1;
  }

  /** Start of the current bar, µs UTC; null before the first. */
  get time(): number | null {
    return this.#venue?.bars.time[this.bar] ?? null;
  }

  /** The moment the strategy speaks, µs UTC: when the current bar was complete. Before the first bar, when that one begins. */
  get now(): number {
    return this.#venue?.bars.knownAt[this.bar] ?? this.#venue?.bars.time[0] ?? 0;
  }

  /** The run calls this once. */
  follow(venue: Venue): void {
    this.#venue = venue;
  }
}
