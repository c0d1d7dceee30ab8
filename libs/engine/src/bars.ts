/** Bar length, in the field's shorthand: `1m`, `15m`, `1h`, `1d`, `1w`, `1mo`; `tick` for events without a fixed length. */
export type Interval = `${number}${'s' | 'm' | 'h' | 'd' | 'w' | 'mo'}` | 'tick';

/** How a dataset's zone maps UTC to local time, as data: the guest has no Intl. Row k holds from `from[k]` (µs, UTC) on. */
export interface Zone {
  readonly name: string;
  readonly from: Float64Array;
  readonly offsetMinutes: Float64Array;
}

/** One (symbol, interval) in memory: columns of equal length, in order of time. Prices in the quote currency. */
export interface Bars {
  readonly symbol: string;
  readonly interval: Interval;
  readonly zone: Zone;
  readonly length: number;
  /** Start of the bar, whole microseconds since the epoch, UTC. A session date is a label at 00:00 UTC. */
  readonly time: Float64Array;
  /** When the bar was complete (µs, UTC). Visibility rests on this alone. */
  readonly knownAt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly extra: Readonly<Record<string, Float64Array>>;
}
