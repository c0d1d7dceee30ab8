import type { Failure } from '@quarry/contracts';
import type { Database } from './database.js';
import { endRun } from './end-run.js';
import type { TeamScope } from './team-scope.js';

interface Overdue {
  readonly id: string;
  readonly team_id: string;
}

/** Ends the runs of all teams whose deadline has passed. */
export async function endOverdueRuns(database: Database): Promise<void> {
  const overdue = await database.asRelay((rows) =>
    rows<Overdue>(
      `SELECT id, team_id FROM run WHERE deadline <= now() AND state IN ('queued', 'running') ORDER BY deadline LIMIT 100`,
    ),
  );
  for (const { id, team_id: teamId } of overdue) await database.inTeam(teamId, (scope) => endOverdue(scope, id));
}

/** As a cancel does, with a reason: whatever a lane still writes is refused. What its ended slices found is kept for a retry. */
async function endOverdue(scope: TeamScope, runId: string): Promise<void> {
  const [run] = await scope.rows<{ state: string; deadline: Date }>(
    `SELECT state, deadline FROM run WHERE id = $1 AND state IN ('queued', 'running') AND deadline <= now() FOR UPDATE`,
    [runId],
  );
  if (!run) return;

  const failure: Failure = {
    code: 'past-deadline',
    message: `The run was still ${run.state === 'queued' ? 'waiting' : 'running'} at its deadline, ${run.deadline.toISOString()}, and was ended. Retry it without one, or start it with more time or a higher priority.`,
    position: null,
    diagnostics: [],
  };
  await scope.rows(
    `UPDATE slice SET state = 'failed', lease_until = NULL, failure = $2
     WHERE run_id = $1 AND state IN ('queued', 'running')`,
    [runId, JSON.stringify(failure)],
  );
  await scope.rows(`SELECT pg_notify('quarry_cancel', $1)`, [runId]);
  await endRun(scope, runId, failure);
}
