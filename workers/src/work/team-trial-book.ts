import { recordTrials, underClaim } from '@quarry/platform/database';
import type { BookedTrial, TrialBook } from '@quarry/runner';
import type { Attempt } from './attempt.js';

/** The team's ledger of trials. Recording a trial twice changes nothing, so an attempt that is repeated may. */
export class TeamTrialBook implements TrialBook {
  constructor(private readonly attempt: Pick<Attempt, 'claim' | 'database'>) {}

  record(family: string, trials: readonly BookedTrial[]): Promise<readonly BookedTrial[]> {
    const { database, claim } = this.attempt;
    return underClaim(database, claim, (scope) => recordTrials(scope, family, trials));
  }
}
