import { retain, type Database } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { Rounds } from '../rounds.js';

const everyMs = 3_600_000;
const actor = { id: null, name: 'retention' };

/** Lets go, now and then, what the teams' policies say, by any number of instances of the API: each team is one's at a time. */
export class RetentionRounds {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: Database,
    private readonly onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(everyMs, () => this.retainAll(), onError);
  }

  close(): Promise<void> {
    return this.rounds.close();
  }

  /** One round over all teams that have a policy. */
  async retainAll(): Promise<void> {
    const teams = await this.database.asRelay((rows) =>
      rows<{ team_id: string }>('SELECT team_id FROM team_retention'),
    );
    for (const { team_id: teamId } of teams) {
      // A team for which it fails keeps no other from it.
      await this.retainOf(teamId).catch(this.onError);
    }
  }

  /** Till nothing more goes. Each step is its own transaction, and its own line in the audit log. */
  private async retainOf(teamId: string): Promise<void> {
    for (;;) {
      const went = await this.database.inTeam(teamId, async (scope) => {
        const { runs, events, versions, bytes } = await retain(scope);
        if (runs + events + versions === 0) return false;
        const told = { runs: String(runs), events: String(events), versions: String(versions), bytes: String(bytes) };
        await audit(scope, actor, 'retention-applied', told);
        return true;
      });
      if (!went) return;
    }
  }
}
