import type { TeamScope } from './team-scope.js';

/** What a slice is of its run: its begin, which may be all of it; a part of its trials or paths; or the fold of its parts. */
export type SliceTask =
  { readonly stage: 'begin' | 'fold' } | { readonly stage: 'part'; readonly from: number; readonly to: number };

/** Writes slices of a run. They wait for admission to the queue from here on. */
export async function queueSlices(scope: TeamScope, runId: string, tasks: readonly SliceTask[]): Promise<void> {
  await scope.rows(
    `INSERT INTO slice (team_id, run_id, index, stage, from_index, to_index)
     SELECT $1, $2, (SELECT coalesce(max(index) + 1, 0) FROM slice WHERE run_id = $2) + nth - 1, stage, first, last
     FROM unnest($3::text[], $4::integer[], $5::integer[]) WITH ORDINALITY AS task (stage, first, last, nth)`,
    [
      scope.teamId,
      runId,
      tasks.map(({ stage }) => stage),
      tasks.map((task) => (task.stage === 'part' ? task.from : null)),
      tasks.map((task) => (task.stage === 'part' ? task.to : null)),
    ],
  );
}
