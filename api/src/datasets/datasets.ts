import { randomUUID } from 'node:crypto';
import type { Dataset, DatasetInfo, IngestOptions, RunWork } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { queueRun, type Database, type TeamScope } from '@quarry/platform/database';
import type { Readable } from 'node:stream';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { limitBytes } from './limit-bytes.js';

export interface Upload {
  readonly body: Readable;
  readonly fileName: string;
  readonly options: IngestOptions;
  /** As the client announced it; it is counted all the same. */
  readonly announcedBytes: number | null;
}

type IngestInput = Extract<RunWork, { kind: 'ingest' }>['input'];

/** A team's datasets. An upload goes to the artifact store as it arrives; an ingest run reads it from there. */
export class Datasets {
  constructor(
    private readonly database: Database,
    private readonly artifacts: ArtifactStore,
    private readonly limits: TeamLimits,
    private readonly maxUploadBytes: number,
  ) {}

  list({ session }: Member): Promise<Dataset[]> {
    return this.database.inTeam(session.team.id, (scope) => datasetsOf(scope, null));
  }

  get({ session }: Member, id: string): Promise<Dataset> {
    return this.database.inTeam(session.team.id, (scope) => datasetOf(scope, id));
  }

  async upload({ session, actor }: Member, { body, fileName, options, announcedBytes }: Upload): Promise<Dataset> {
    const teamId = session.team.id;
    const taken = new DomainError(
      'name-taken',
      `Your team already has a dataset named "${options.name}". Choose another name.`,
    );
    if (await this.database.inTeam(teamId, (scope) => isTaken(scope, options.name))) throw taken;
    if (announcedBytes !== null && announcedBytes > this.maxUploadBytes) throw tooLarge(this.maxUploadBytes);

    await this.database.inTeam(teamId, (scope) => this.limits.assertMayStore(scope, announcedBytes ?? 0));
    const key = `teams/${teamId}/uploads/${randomUUID()}`;
    await this.artifacts.put(
      key,
      limitBytes(body, this.maxUploadBytes, () => tooLarge(this.maxUploadBytes)),
      'application/octet-stream',
    );
    const dataset = await this.database.inTeam(teamId, async (scope) => {
      const id = await addDataset(scope, { from: 'upload', key, fileName }, options, session.user.id);
      if (id === null) return null;
      await audit(scope, actor, 'dataset-uploaded', { id, name: options.name });
      return datasetOf(scope, id);
    });
    if (!dataset) {
      await this.artifacts.remove(key);
      throw taken;
    }
    return dataset;
  }
}

/** A name is taken while its dataset has data or may still get it; where ingest has failed, it may be uploaded again. */
async function isTaken(scope: TeamScope, name: string): Promise<boolean> {
  const rows = await scope.rows(`SELECT 1 FROM dataset WHERE name = $1 AND NOT (${failedIngest})`, [name]);
  return rows.length > 0;
}

const failedIngest = `NOT EXISTS (SELECT 1 FROM dataset_version WHERE dataset_id = dataset.id)
  AND EXISTS (SELECT 1 FROM run WHERE run.id = dataset.ingest_run_id AND run.state IN ('failed', 'cancelled'))`;

/** Writes the dataset and queues the run that fills it. Answers null where the name is taken. */
export async function addDataset(
  scope: TeamScope,
  input: IngestInput,
  options: IngestOptions,
  createdBy: string | null,
): Promise<string | null> {
  const runId = randomUUID();
  const [made] = await scope.rows<{ id: string }>(
    `INSERT INTO dataset (team_id, name, ingest_run_id) VALUES ($1, $2, $3)
     ON CONFLICT (team_id, name) DO UPDATE SET ingest_run_id = excluded.ingest_run_id WHERE ${failedIngest}
     RETURNING id`,
    [scope.teamId, options.name, runId],
  );
  if (!made) return null;
  await queueRun(scope, {
    id: runId,
    work: { kind: 'ingest', datasetId: made.id, input, options },
    createdBy,
    datasetId: made.id,
  });
  return made.id;
}

function tooLarge(limit: number): DomainError {
  return new DomainError(
    'too-large',
    `The file is larger than ${Math.floor(limit / 1_048_576)} MiB, the most that may be uploaded.`,
  );
}

async function datasetOf(scope: TeamScope, id: string): Promise<Dataset> {
  const [dataset] = await datasetsOf(scope, id);
  if (!dataset) throw notFound('dataset', id);
  return dataset;
}

interface DatasetRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly ingest_run_id: string;
  readonly info: DatasetInfo | null;
}

async function datasetsOf(scope: TeamScope, id: string | null): Promise<Dataset[]> {
  const rows = await scope.rows<DatasetRow>(
    `SELECT dataset.id, name, dataset.created_at, ingest_run_id, latest.info
     FROM dataset LEFT JOIN LATERAL (
       SELECT info FROM dataset_version WHERE dataset_id = dataset.id ORDER BY created_at DESC LIMIT 1
     ) latest ON true
     WHERE $1::uuid IS NULL OR dataset.id = $1 ORDER BY lower(name)`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    ingestRunId: row.ingest_run_id,
    info: row.info,
  }));
}
