/** Why a watched process was ended, by its number in a notice's verdict. */
export const reasons = [null, 'out-of-memory', 'timed-out'] as const;
export type WatchReason = NonNullable<(typeof reasons)[number]>;

/** A verdict while nothing was decided, and once the owner has let go: whoever leaves `undecided` first has decided. */
export const undecided = 0;
export const letGo = -1;

/** What the watching thread is told of a process; one by its id alone is to be watched no more. */
export interface Notice {
  readonly id: number;
  readonly pid: number;
  readonly residentMb: number;
  readonly cpuMs: number;
  /** One number, shared: `undecided`, `letGo`, or an index into `reasons`, written before the process is killed. */
  readonly verdict: Int32Array;
}
