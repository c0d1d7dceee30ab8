import type { ProofStart } from '@quarry/contracts';
import { agreementOf } from '@quarry/engine/host';
import { inLanes } from '../in-lanes.js';
import type { ProofData } from './proof-data.js';
import type { Rerun, Rerunner } from './rerunner.js';

/** Parts of the bars that are left out at the start. */
const shares = [0.1, 0.25, 0.5];

/** Runs the strategy over data that begin later, and tells after how many bars it decides as it does with all of the past. */
export async function proveWarmUp(
  rerunner: Rerunner,
  data: ProofData,
  base: Rerun,
  lanes: number,
): Promise<ProofStart[]> {
  const { length, time } = data.pace;
  const skips = [...new Set(shares.map((share) => Math.floor(share * length)))].filter((skip) => skip > 0);
  const starts = await inLanes(skips, lanes, async (skipped) => {
    const run = await rerunner.run(data.beginningAfter(skipped));
    if (run.failure) return [];
    return [{ skipped, from: time[skipped]!, ...agreementOf(base.tape, run.tape, skipped, length - skipped) }];
  });
  return starts.flat();
}
