import type { QueryRequest, Run } from '@quarry/contracts';
import { queueRun, type Database } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { runsOf } from '../runs/run-view.js';
import { readyVersion } from './ready-version.js';

/** Questions in SQL to a dataset. A worker answers them: as `answer.arrow` among the artifacts of the run. */
export class Queries {
  constructor(
    private readonly database: Database,
    private readonly limits: TeamLimits,
  ) {}

  ask({ session, actor }: Member, datasetId: string, { sql, rows }: QueryRequest): Promise<Run> {
    return this.database.inTeam(session.team.id, async (scope) => {
      await this.limits.assertMayRun(scope);
      const datasetVersion = await readyVersion(scope, datasetId);
      const id = await queueRun(scope, {
        work: { kind: 'query', datasetId, sql, rows },
        createdBy: session.user.id,
        datasetId,
        datasetVersion,
      });
      const [run] = await runsOf(scope, { id: id ?? '', limit: 1 });
      if (!run) throw notFound('run', id ?? '');
      await audit(scope, actor, 'dataset-queried', { id: datasetId, run: run.id });
      return run;
    });
  }
}
