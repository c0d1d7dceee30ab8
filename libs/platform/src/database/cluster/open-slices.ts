import type { ClusterSlice, RunState, WaitingReason } from '@quarry/contracts';
import type { Rows } from '../database.js';
import { leastServedFirst, type ClusterLoad } from './admission-policy.js';
import { loadOf } from './admission.js';
import { waitingReason } from './waiting-reason.js';
import { liveWorker } from './worker-registry.js';

interface OpenRow {
  readonly id: string;
  readonly run_id: string;
  readonly team_id: string;
  readonly team: string;
  readonly kind: ClusterSlice['kind'];
  readonly state: RunState;
  readonly attempt: number;
  readonly worker: string | null;
  readonly queued_at: Date;
  readonly dispatched: boolean;
  readonly before: number;
}

/** Slices that run and wait, of all teams, as they will be taken within each; those that wait say why. */
export async function openSlices(rows: Rows, { limit }: { readonly limit: number }): Promise<ClusterSlice[]> {
  const open = await openRows(rows, limit);
  const reason = await reasons(rows);
  return open.map((row) => ({
    ...{ id: row.id, runId: row.run_id, team: row.team, kind: row.kind, state: row.state, attempt: row.attempt },
    worker: row.state === 'running' ? row.worker : null,
    queuedAt: row.queued_at.toISOString(),
    waiting: row.state === 'queued' ? reason(row) : null,
  }));
}

/** Why runs of a team wait: by run, of the slice of it that is taken first. Runs of which none waits are left out. */
export async function waitingReasons(
  rows: Rows,
  teamId: string,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, WaitingReason>> {
  const open = await openRows(rows, 100_000, { teamId, runIds });
  const reason = await reasons(rows);
  const byRun = new Map<string, WaitingReason>();
  for (const row of open) if (!byRun.has(row.run_id)) byRun.set(row.run_id, reason(row));
  return byRun;
}

/** Of all teams, or those that wait of some runs of one. */
function openRows(
  rows: Rows,
  limit: number,
  only: { readonly teamId: string; readonly runIds: readonly string[] } | null = null,
): Promise<OpenRow[]> {
  return rows<OpenRow>(
    `SELECT open.*, team.name AS team FROM (
       SELECT id, run_id, team_id, kind, state, attempt, worker, queued_at, dispatched_at IS NOT NULL AS dispatched,
         (count(*) FILTER (WHERE state = 'queued' AND dispatched_at IS NULL) OVER (
            PARTITION BY team_id ORDER BY priority DESC, queued_at, index, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::int AS before
       FROM slice WHERE state IN ('queued', 'running') AND ($2::uuid IS NULL OR team_id = $2)
     ) AS open JOIN team ON team.id = team_id
     WHERE $3::uuid[] IS NULL OR (state = 'queued' AND run_id = ANY($3))
     ORDER BY state DESC, dispatched DESC, before, queued_at LIMIT $1`,
    [limit, only?.teamId ?? null, only?.runIds ?? null],
  );
}

/** Why a slice waits, as things are now. */
async function reasons(rows: Rows): Promise<(row: OpenRow) => WaitingReason> {
  const load = await loadOf(rows, new Map());
  const [workers] = await rows<{ live: number; draining: number }>(
    `SELECT count(*)::int AS live, count(*) FILTER (WHERE draining)::int AS draining FROM worker WHERE ${liveWorker}`,
  );
  const order = leastServedFirst(load);
  return ({ team_id, dispatched, before }) =>
    waitingReason({
      ...{ paused: load.paused, dispatched, before },
      workers: { live: workers?.live ?? 0, draining: workers?.draining ?? 0, lanes: load.lanes },
      team: inFlightOf(load, team_id),
      othersFirst: order.some((id) => id !== team_id) && order[0] !== team_id,
    });
}

function inFlightOf({ teams }: ClusterLoad, teamId: string): { inFlight: number; concurrentSlices: number | null } {
  const team = teams.find((one) => one.teamId === teamId);
  if (!team) return { inFlight: 0, concurrentSlices: null };
  return { inFlight: team.running.length + team.dispatched, concurrentSlices: team.share.concurrentSlices };
}
