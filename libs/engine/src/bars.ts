/** Bar length, in the field's shorthand: `1m`, `15m`, `1h`, `1d`, `1w`, `1mo`; `tick` for events without a fixed length. */
export type Interval = `${number}${'s' | 'm' | 'h' | 'd' | 'w' | 'mo'}` | 'tick';

/** How a dataset's zone maps UTC to local time, as data: the guest has no Intl. Row k holds from `from[k]` (µs, UTC) on. */
export interface Zone {
  readonly name: string;
  readonly from: Float64Array;
  readonly offsetMinutes: Float64Array;
}

/**
 * Corporate actions that a run carries out, by the bar on which each takes effect: columns as long as the bars, null where
 * there are none of the kind. Splits and dividends take effect before the bar's open, the split first; a delisting after
 * its close.
 */
export interface Actions {
  /** New units for each old one: 4 for a 4:1 split, 0.1 for a reverse split of 1:10. 0, 1 and NaN are none. */
  readonly splits: Float64Array | null;
  /** Cash for each unit held before the bar, counted after its split, in the quote currency. 0 and NaN are none. */
  readonly dividends: Float64Array | null;
  /** Cash for each unit of a symbol that is not traded any more, 0 where it is worth nothing. NaN is none. */
  readonly delisting: Float64Array | null;
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
  /** Not given: nothing but prices moves the account. */
  readonly actions?: Actions | undefined;
}
