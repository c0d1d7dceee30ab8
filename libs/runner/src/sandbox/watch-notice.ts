/** Why a watched process was ended, by its number in a notice's verdict; 0 is not at all. */
export const reasons = [null, 'out-of-memory', 'timed-out'] as const;
export type WatchReason = NonNullable<(typeof reasons)[number]>;

/** What the watching thread is told of a process; one by its id alone is to be watched no more. */
export interface Notice {
  readonly id: number;
  readonly pid: number;
  readonly residentMb: number;
  readonly cpuMs: number;
  /** One number, shared: an index into `reasons`, written before the process is killed. */
  readonly verdict: Int32Array;
}
