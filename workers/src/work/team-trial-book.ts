import { recordTrials, writeTrials, type TeamScope } from '@quarry/platform/database';
import type { BookedTrial, TrialBook } from '@quarry/runner';
import type { Attempt } from './attempt.js';

/**
 * The team's ledger of trials. What was tried was tried, whoever holds the run by now or has cancelled it: no claim is asked
 * for. Recording a trial twice changes nothing, so an attempt that is repeated may.
 */
export class TeamTrialBook implements TrialBook {
  constructor(private readonly attempt: Pick<Attempt, 'claim' | 'database'>) {}

  write(family: string, trials: readonly BookedTrial[]): Promise<void> {
    return this.inTeam((scope) => writeTrials(scope, family, trials));
  }

  record(family: string, trials: readonly BookedTrial[]): Promise<readonly BookedTrial[]> {
    return this.inTeam((scope) => recordTrials(scope, family, trials));
  }

  private inTeam<T>(work: (scope: TeamScope) => Promise<T>): Promise<T> {
    const { database, claim } = this.attempt;
    return database.inTeam(claim.teamId, work);
  }
}
