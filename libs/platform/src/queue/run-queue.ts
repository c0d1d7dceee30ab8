/** One dispatch of a slice: the queue carries ids only, data stays in the stores. */
export interface Dispatch {
  readonly runId: string;
  readonly sliceId: string;
  /** Grows with each dispatch of the slice; names the queue's job together with `sliceId`. */
  readonly number: number;
}

/** Hands each dispatch to one worker, at least once, in no promised order. It may repeat, stall or forget. */
export abstract class RunQueue {
  /** Adding a dispatch that is already there is a no-op. `ahead` puts it before those that wait. */
  abstract enqueue(dispatch: Dispatch, place?: { readonly ahead: boolean }): Promise<void>;
  /** Removes a dispatch that still waits. One that is being worked on is left alone. */
  abstract remove(dispatch: Dispatch): Promise<void>;
  /** How many dispatches wait or are being worked on. */
  abstract depth(): Promise<{ waiting: number; active: number }>;
  /** Starts taking dispatches, at most `lanes` at once; a handler that throws gives the dispatch up: retries are ours. */
  abstract consume(lanes: number, handler: (dispatch: Dispatch) => Promise<void>): Promise<Consumer>;
  /** Resolves when the store answers; rejects with the reason otherwise. */
  abstract ping(): Promise<void>;
  abstract close(): Promise<void>;
}

export interface Consumer {
  /** Takes no more until it resumes, but for one that it has asked the store for; handlers under way go on. */
  pause(): Promise<void>;
  resume(): void;
  /** Takes no more; resolves when the handlers under way have ended. */
  drain(): Promise<void>;
}
