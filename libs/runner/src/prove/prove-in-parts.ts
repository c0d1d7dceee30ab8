import type { ProofReport } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import { allAtOnce, partsThatPay, type InParts } from '../in-parts.js';
import type { ProveJob } from '../runner.js';
import { withProof } from './open-proof.js';
import type { Checked } from './proof-checks.js';
import { prove, someChecks, toldProof } from './prove.js';

/** A proof whose checks can be made in stretches. One that cannot be made tells why as a whole does. */
export function proveInParts(workshop: Workshop, job: ProveJob): InParts<Checked, ProofReport> {
  return {
    learns: false,
    begin: async (hooks = {}) => {
      const standing = await withProof(workshop, job, hooks, ({ checks, data }) => {
        const bars = data.series.reduce((sum, { length }) => sum + length, 0);
        return Promise.resolve({ ...allAtOnce(checks.length, 1), parts: partsThatPay(checks.length, bars) });
      });
      return 'code' in standing ? allAtOnce(null) : standing;
    },
    after: () => Promise.resolve(allAtOnce(null)),
    run: ({ from, to }, _, hooks = {}) =>
      withProof(workshop, job, hooks, (opened) => someChecks(opened, job, opened.checks.slice(from, to), hooks)),
    fold: (found, _, hooks = {}) => toldProof(workshop, job, hooks, () => Promise.resolve(found)),
    whole: (hooks = {}) => prove(workshop, job, hooks),
  };
}
