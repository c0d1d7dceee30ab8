/** What a file's rows are made of: the place (0-based) of each thing in a row. */
export interface Layout {
  readonly shape: 'bars' | 'price' | 'bid-ask' | 'trades';
  readonly time: number;
  /** A second column with the clock time, where the first holds the date only. */
  readonly clock: number | null;
  readonly symbol: number | null;
  /** Numbers that every row must have, in the order of `requiredNames`. */
  readonly required: readonly NumberColumn[];
  /** Numbers that a row may lack: volume first where there is one, then the vendor's further columns. */
  readonly optional: readonly NumberColumn[];
  readonly notes: readonly string[];
}

export interface NumberColumn {
  readonly name: string;
  readonly place: number;
  /** What the file calls it, for messages. */
  readonly title: string;
}

export const bidAskNames = [
  ...['bidOpen', 'bidHigh', 'bidLow', 'bidClose', 'bidSize'],
  ...['askOpen', 'askHigh', 'askLow', 'askClose', 'askSize'],
] as const;
