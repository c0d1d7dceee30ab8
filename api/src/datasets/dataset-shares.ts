import type { DatasetShare, ShareDataset } from '@quarry/contracts';
import type { Actor, Database, TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { ownDatasetOf } from './dataset-view.js';

interface NamedTeam {
  readonly id: string;
  readonly name: string;
}

/** Datasets of a team that another one may read, query and run on, and cannot change, delete or share. Both teams' logs tell of it. */
export class DatasetShares {
  constructor(private readonly database: Database) {}

  list({ session: { team } }: Member, datasetId: string): Promise<DatasetShare[]> {
    return this.database.inTeam(team.id, async (scope) => {
      await ownDatasetOf(scope, datasetId);
      return sharesOf(scope, datasetId);
    });
  }

  share({ session: { team, user }, actor }: Member, datasetId: string, request: ShareDataset): Promise<DatasetShare[]> {
    return this.database.asStranger(async (stranger) => {
      const scope = await stranger.enter(team.id);
      const { name } = await ownDatasetOf(scope, datasetId);
      const borrower = await teamNamed(scope, request.team);
      const made = await scope.rows(
        `INSERT INTO dataset_share (team_id, dataset_id, borrower_id, created_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING dataset_id`,
        [team.id, datasetId, borrower.id, user.id],
      );
      const shares = await sharesOf(scope, datasetId);
      if (made.length === 0) return shares;
      await audit(scope, actor, 'dataset-shared', { id: datasetId, name, team: borrower.name });
      const told = { id: datasetId, name, team: team.name };
      await audit(await stranger.enter(borrower.id), ofTeam(team), 'dataset-lent', told);
      return shares;
    });
  }

  /** No run of theirs begins to read it from here on; what they have found in it stays theirs. */
  unshare({ session: { team }, actor }: Member, datasetId: string, borrowerId: string): Promise<void> {
    return this.database.asStranger(async (stranger) => {
      const scope = await stranger.enter(team.id);
      const { name } = await ownDatasetOf(scope, datasetId);
      const share = (await sharesOf(scope, datasetId)).find(({ teamId }) => teamId === borrowerId);
      if (!share) throw notFound(`team that dataset "${name}" is shared with,`, borrowerId);
      await scope.rows('DELETE FROM dataset_share WHERE dataset_id = $1 AND borrower_id = $2', [datasetId, borrowerId]);
      await audit(scope, actor, 'dataset-unshared', { id: datasetId, name, team: share.team });
      const told = { id: datasetId, name, team: team.name };
      await audit(await stranger.enter(borrowerId), ofTeam(team), 'dataset-withdrawn', told);
    });
  }
}

/** As the other team's log names whoever did it: people are their own team's. */
function ofTeam({ name }: NamedTeam): Actor {
  return { id: null, name: `an admin of ${name}` };
}

async function sharesOf(scope: TeamScope, datasetId: string): Promise<DatasetShare[]> {
  const rows = await scope.rows<{ team_id: string; team: string; shared_at: Date }>(
    `SELECT borrower_id AS team_id, sharing_team(borrower_id) AS team, created_at AS shared_at
     FROM dataset_share WHERE dataset_id = $1 ORDER BY lower(sharing_team(borrower_id)), borrower_id`,
    [datasetId],
  );
  return rows.map(({ team_id: teamId, team, shared_at }) => ({ teamId, team, sharedAt: shared_at.toISOString() }));
}

async function teamNamed(scope: TeamScope, wanted: string): Promise<NamedTeam> {
  const named = await scope.rows<NamedTeam>('SELECT id, name FROM teams_named($1)', [wanted]);
  const others = named.filter(({ id }) => id !== scope.teamId);
  const [only] = others;
  if (only && others.length === 1) return only;
  if (others.length > 1) {
    throw new DomainError(
      'bad-request',
      `team: ${others.length} teams are named "${wanted}". Ask the one you mean to take a name of its own, or for its id, and give that.`,
    );
  }
  if (named.length > 0) {
    throw new DomainError('bad-request', `team: "${wanted}" is your own, which has the dataset. Name another team.`);
  }
  throw new DomainError('bad-request', `team: there is no team named "${wanted}". Write its name as that team does.`);
}
