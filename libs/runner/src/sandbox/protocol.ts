import type { BacktestSettings, Interval, ParamValue, PriceBasis, TimeRange } from '@quarry/engine/host';

// What worker and child say to each other. Requests are ours; every answer is untrusted, whatever its type says here.
// A frame is a kind (1 byte), a length (4 bytes, little-endian) and that many bytes.

/** Descriptors the child is born with: requests come in on one, answers go out on the other, files of series lie above. */
export const requestDescriptor = 3;
export const answerDescriptor = 4;
export const firstSeriesDescriptor = 5;

export const frameHeaderBytes = 5;

/**
 * Kinds of frames. `prepare` and `run` go to the child. `started` comes back, then, while the run goes on, blocks of the
 * `tape` and pieces of the `log`, and at last the `outcome`.
 */
export const frames = {
  ...{ prepare: 1, run: 2, started: 3, tape: 4, log: 5, outcome: 6 },
  /** To the child, in place of `run`: a strategy, then its trials, each perhaps with prices of its own before it. */
  ...{ trials: 7, prices: 8, trial: 9 },
} as const;

/** One series as the child finds it: an inherited descriptor of raw little-endian float64, column after column. */
export interface SeriesInput {
  readonly symbol: string;
  readonly interval: Interval;
  /** What the prices are, and so which of the columns are actions to carry out. */
  readonly prices: PriceBasis;
  readonly zone: { readonly name: string; readonly from: readonly number[]; readonly offsetMinutes: readonly number[] };
  /** First bar of the range, counted in the file, and how many bars it has. */
  readonly first: number;
  readonly length: number;
  /** Values that each column has in the file, and the columns' names in their order there. */
  readonly rows: number;
  readonly columns: readonly string[];
  readonly descriptor: number;
}

/** What a child can do before it knows whose run it serves. */
export interface Preparation {
  readonly memoryMb: number;
  readonly series: readonly SeriesInput[];
  /** How often strategies of ours are run over the bars meanwhile, so that the engine is compiled when the user's comes. */
  readonly warmUps: number;
}

/** What one run asks of its child. `check` loads the strategy and answers what it declares; `backtest` also runs it. */
export interface GuestRequest {
  readonly kind: 'check' | 'backtest';
  /** The strategy's script. */
  readonly script: string;
  /** Whether the script needs the engine's library. */
  readonly library: boolean;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** Null for a check. */
  readonly settings: BacktestSettings | null;
  /** How many marks the script has, with which it writes down what of it ran. */
  readonly marks?: number;
  /** The row of the tape at whose writing the run ends with an error, so as to learn which line of the strategy writes it. */
  readonly breakAt?: number;
  readonly wallMs: number;
  /** Bytes of outcome and log together. */
  readonly outcomeBytes: number;
  /** Bytes of all blocks of the tape. */
  readonly tapeBytes: number;
}

/** A strategy of which trials follow. Each is answered as a run is: `started`, its tape, its `outcome`. */
export interface TrialsRequest {
  readonly script: string;
  readonly library: boolean;
  /** Most wall clock of one trial. */
  readonly wallMs: number;
  /** Most bytes of one trial's tape, and of its outcome. */
  readonly tapeBytes: number;
  readonly outcomeBytes: number;
}

/** One trial: parameters, settings, and the stretch of time that it is over; null is all bars. */
export interface TrialRequest {
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly settings: BacktestSettings;
  readonly range: TimeRange | null;
}

/** How the guest's part of a run ended, as the child tells it. Failures that only the parent can see are not here. */
export interface GuestOutcome {
  readonly failure: {
    readonly code: 'threw' | 'timed-out' | 'out-of-memory' | 'bad-parameters' | 'bad-result' | 'result-too-large';
    readonly message: string;
    /** Place in the strategy's script, 0 where unknown. */
    readonly line: number;
    readonly column: number;
  } | null;
  readonly name: string;
  readonly params: unknown;
  readonly finalEquity: number | string;
  /** 1 for each mark that was passed and 0 for each other, where the request speaks of marks and the run was not stopped. */
  readonly ran?: string;
}

/** A piece of a run's log: index of the level, text, bar, its time, line and column in the strategy's script. */
export interface GuestLogPiece {
  readonly log: readonly (readonly [number, string, number, number | null, number, number])[];
  readonly logCut: boolean;
}

export function encodeFrame(kind: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(frameHeaderBytes + payload.length);
  frame[0] = kind;
  new DataView(frame.buffer).setUint32(1, payload.length, true);
  frame.set(payload, frameHeaderBytes);
  return frame;
}
