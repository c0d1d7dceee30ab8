import { randomUUID } from 'node:crypto';
import type { TeamScope } from './team-scope.js';

/** What a slice is of its run: its begin, which may be all of it; a part of its trials or paths; or the fold of its parts. */
export type SliceTask =
  { readonly stage: 'begin' | 'fold' } | { readonly stage: 'part'; readonly from: number; readonly to: number };

/** Writes slices of a run with the outbox rows that will bring them to the queue. */
export async function queueSlices(scope: TeamScope, runId: string, tasks: readonly SliceTask[]): Promise<void> {
  await scope.rows(
    `WITH made AS (
       INSERT INTO slice (id, team_id, run_id, index, stage, from_index, to_index)
       SELECT id, $1, $2, (SELECT coalesce(max(index) + 1, 0) FROM slice WHERE run_id = $2) + nth - 1, stage, first, last
       FROM unnest($3::uuid[], $4::text[], $5::integer[], $6::integer[]) WITH ORDINALITY AS task (id, stage, first, last, nth)
       RETURNING team_id, run_id, id, index, dispatch
     )
     INSERT INTO outbox (team_id, run_id, slice_id, dispatch)
     SELECT team_id, run_id, id, dispatch FROM made ORDER BY index`,
    [
      scope.teamId,
      runId,
      tasks.map(() => randomUUID()),
      tasks.map(({ stage }) => stage),
      tasks.map((task) => (task.stage === 'part' ? task.from : null)),
      tasks.map((task) => (task.stage === 'part' ? task.to : null)),
    ],
  );
}
