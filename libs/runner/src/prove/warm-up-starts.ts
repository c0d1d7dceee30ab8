import type { ProofStart } from '@quarry/contracts';
import { agreementOf } from '@quarry/engine/host';
import type { ProofData } from './proof-data.js';
import type { Rerun, Rerunner } from './rerunner.js';

/** Parts of the bars that are left out at the start. */
const shares = [0.1, 0.25, 0.5];

/** How many bars are left out where the warm-up is looked at. */
export function skipsOf({ pace: { length } }: ProofData): number[] {
  return [...new Set(shares.map((share) => Math.floor(share * length)))].filter((skip) => skip > 0);
}

/**
 * Runs the strategy over data that begin later, and tells after how many bars it decides as it does with all of the past;
 * null where that run fails.
 */
export async function warmUpFrom(
  rerunner: Rerunner,
  data: ProofData,
  base: Rerun,
  skipped: number,
): Promise<ProofStart | null> {
  const run = await rerunner.run(data.beginningAfter(skipped));
  if (run.failure) return null;
  const { length, time } = data.pace;
  return { skipped, from: time[skipped]!, ...agreementOf(base.tape, run.tape, skipped, length - skipped) };
}
