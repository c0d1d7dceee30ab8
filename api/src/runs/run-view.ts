import type { Run } from '@quarry/contracts';
import { priorities, RunEntity, type BorrowedDataset, type TeamScope } from '@quarry/platform/database';

interface RunRow {
  readonly id: string;
  readonly kind: Run['kind'];
  readonly state: Run['state'];
  readonly work: RunEntity['work'];
  readonly strategy_id: string | null;
  readonly strategy_name: string | null;
  readonly strategy_version: string | null;
  readonly dataset_id: string | null;
  readonly dataset_name: string | null;
  readonly borrowed: BorrowedDataset | null;
  readonly manifest_hash: string | null;
  readonly order_list_hash: string | null;
  readonly headline: Run['headline'];
  readonly failure: Run['failure'];
  readonly progress: Run['progress'];
  readonly reused_from: string | null;
  readonly attempt: number;
  readonly priority: number;
  readonly deadline: Date | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly artifacts: Run['artifacts'];
}

export interface RunFilter {
  readonly id?: string | undefined;
  readonly strategyId?: string | undefined;
  readonly kind?: Run['kind'] | undefined;
  readonly state?: Run['state'] | undefined;
  /** Only runs that are older than this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Runs as the API shows them, newest first. */
export async function runsOf(scope: TeamScope, filter: RunFilter): Promise<Run[]> {
  const rows = await scope.rows<RunRow>(
    `SELECT run.*, run_progress(run.id) AS progress, strategy.name AS strategy_name, dataset.name AS dataset_name,
       coalesce((SELECT max(attempt) FROM slice WHERE slice.run_id = run.id), 0) AS attempt,
       coalesce((SELECT json_agg(json_build_object('name', name, 'bytes', bytes, 'contentType', content_type) ORDER BY name)
         FROM artifact WHERE artifact.run_id = run.id), '[]') AS artifacts
     FROM run
     LEFT JOIN strategy ON strategy.id = run.strategy_id
     LEFT JOIN dataset ON dataset.id = run.dataset_id
     WHERE ($1::uuid IS NULL OR run.id = $1) AND ($2::uuid IS NULL OR run.strategy_id = $2) AND ($3::text IS NULL OR run.kind = $3)
       AND ($4::text IS NULL OR run.state = $4)
       AND ($5::uuid IS NULL OR (run.created_at, run.id) < (SELECT created_at, id FROM run AS last WHERE last.id = $5))
     ORDER BY run.created_at DESC, run.id DESC LIMIT $6`,
    [
      filter.id ?? null,
      filter.strategyId ?? null,
      filter.kind ?? null,
      filter.state ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    strategyId: row.strategy_id,
    strategyName: row.strategy_name,
    strategyVersion: row.strategy_version,
    datasetId: row.dataset_id,
    datasetName: row.dataset_name ?? row.borrowed?.name ?? null,
    datasetLentBy: row.borrowed?.lentBy ?? null,
    options: 'strategyVersion' in row.work && 'options' in row.work ? row.work.options : null,
    goal: 'search' in row.work ? goalOf(row.work.search) : null,
    manifestHash: row.manifest_hash,
    orderListHash: row.order_list_hash,
    headline: row.headline,
    failure: row.failure,
    progress: row.progress,
    reusedFrom: row.reused_from,
    attempt: row.attempt,
    priority: priorities[row.priority + 1] ?? 'normal',
    deadline: row.deadline?.toISOString() ?? null,
    waiting: null,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    artifacts: row.artifacts,
  }));
}

function goalOf({ objective, direction }: NonNullable<Run['goal']>): Run['goal'] {
  return { objective, direction };
}
