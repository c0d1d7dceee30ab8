/** What a process is taken to be able to grow by, MiB per millisecond, where it was not seen to grow faster: page faults of several threads. */
const credibleGrowth = 2;
/** It may speed up between two looks. */
const caution = 2;
const soonestMs = 1;
const latestMs = 10;

/**
 * When a process must be looked at again so that it cannot have passed its limit unseen, milliseconds from now.
 *
 * @param headroom what it may still take, MiB
 * @param growth how fast it grew between the last two looks, MiB per millisecond
 */
export function nextLook(headroom: number, growth: number): number {
  const untilLimit = headroom / (caution * Math.max(growth, credibleGrowth));
  return Math.min(latestMs, Math.max(soonestMs, untilLimit));
}
