import { randomUUID } from 'node:crypto';
import type { Dataset, IngestAgain, IngestOptions, IngestUpload, RunWork } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { cancelRun, type Database, type TeamScope } from '@quarry/platform/database';
import type { Readable } from 'node:stream';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { datasetOf, datasetsOf, ownDatasetOf, type DatasetFilter } from './dataset-view.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { limitBytes } from './limit-bytes.js';
import { addDataset, ingestInto, isTaken, type Ingest } from './queue-ingest.js';
import { tooLarge } from './too-large.js';
import { takeUpload } from './uploads.js';

export interface WholeFile {
  readonly body: Readable;
  readonly fileName: string;
  readonly options: IngestOptions;
  readonly accept: boolean;
  /** As the client announced it; it is counted all the same. */
  readonly announcedBytes: number | null;
}

/** A team's datasets. A file goes to the artifact store as it arrives; an ingest run reads it from there. */
export class Datasets {
  constructor(
    private readonly database: Database,
    private readonly artifacts: ArtifactStore,
    private readonly limits: TeamLimits,
    private readonly maxUploadBytes: number,
  ) {}

  list({ session }: Member, filter: Omit<DatasetFilter, 'id'>): Promise<Dataset[]> {
    return this.database.inTeam(session.team.id, (scope) => datasetsOf(scope, filter));
  }

  get({ session }: Member, id: string): Promise<Dataset> {
    return this.database.inTeam(session.team.id, (scope) => datasetOf(scope, id));
  }

  /** Takes a file that comes in one request. */
  async upload(member: Member, { body, fileName, options, accept, announcedBytes }: WholeFile): Promise<Dataset> {
    const teamId = member.session.team.id;
    if (await this.database.inTeam(teamId, (scope) => isTaken(scope, options.name))) throw nameTaken(options.name);
    if (announcedBytes !== null && announcedBytes > this.maxUploadBytes) throw tooLarge(this.maxUploadBytes);

    await this.database.inTeam(teamId, (scope) => this.limits.assertMayStore(scope, announcedBytes ?? 0));
    const key = `teams/${teamId}/uploads/${randomUUID()}`;
    const stored = await this.artifacts.put(
      key,
      limitBytes(body, this.maxUploadBytes, () => tooLarge(this.maxUploadBytes)),
      'application/octet-stream',
    );
    try {
      return await this.database.inTeam(teamId, async (scope) => {
        await this.limits.assertMayRun(scope);
        await this.limits.assertMayStore(scope, stored);
        return make(scope, member, {
          input: { from: 'upload', keys: [key], fileName, bytes: stored },
          options,
          accept,
        });
      });
    } catch (error) {
      if (error instanceof DomainError) await this.artifacts.remove(key);
      throw error;
    }
  }

  /** Makes a dataset, or a new version of one, of a file that came in pieces. */
  ingestUpload(member: Member, uploadId: string, { options, accept, datasetId }: IngestUpload): Promise<Dataset> {
    const { session, actor } = member;
    return this.database.inTeam(session.team.id, async (scope) => {
      await this.limits.assertMayRun(scope);
      const input = { from: 'upload', ...(await takeUpload(scope, uploadId)) } as const;
      if (datasetId === undefined) return make(scope, member, { input, options, accept });
      await ingestInto(scope, datasetId, { input, options, accept, createdBy: session.user.id });
      const dataset = await datasetOf(scope, datasetId);
      await audit(scope, actor, 'dataset-version-uploaded', { id: datasetId, name: dataset.name });
      return dataset;
    });
  }

  /** Reads the dataset's last file again with other options, without another upload. */
  ingestAgain({ session, actor }: Member, id: string, { options, accept }: IngestAgain): Promise<Dataset> {
    return this.database.inTeam(session.team.id, async (scope) => {
      await this.limits.assertMayRun(scope);
      const { name, ingestRunId } = await ownDatasetOf(scope, id);
      const [last] = await scope.rows<{ work: Extract<RunWork, { kind: 'ingest' }> }>(
        'SELECT work FROM run WHERE id = $1',
        [ingestRunId],
      );
      if (!last) throw new Error(`Dataset ${id} has no ingest run.`);
      await ingestInto(scope, id, { input: last.work.input, options, accept, createdBy: session.user.id });
      const dataset = await datasetOf(scope, id);
      await audit(scope, actor, 'dataset-read-again', { id, name });
      return dataset;
    });
  }

  /**
   * No new run finds it from here on. Runs that wait or run still read it, and reports stay; its bytes go when none
   * needs them.
   */
  remove({ session, actor }: Member, id: string): Promise<void> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const { name, ingestRunId } = await ownDatasetOf(scope, id);
      await scope.rows('UPDATE dataset SET deleted_at = now() WHERE id = $1', [id]);
      await scope.rows('DELETE FROM dataset_version WHERE dataset_id = $1 AND accepted_at IS NULL', [id]);
      await scope.rows('UPDATE dataset_version SET deleted_at = now() WHERE dataset_id = $1 AND deleted_at IS NULL', [
        id,
      ]);
      await cancelRun(scope, ingestRunId);
      await audit(scope, actor, 'dataset-deleted', { id, name });
    });
  }
}

async function make(scope: TeamScope, { session, actor }: Member, ingest: Omit<Ingest, 'createdBy'>): Promise<Dataset> {
  const { name } = ingest.options;
  const id = await addDataset(scope, { ...ingest, createdBy: session.user.id });
  if (id === null) throw nameTaken(name);
  const dataset = await datasetOf(scope, id);
  await audit(scope, actor, 'dataset-uploaded', { id, name });
  return dataset;
}

function nameTaken(name: string): DomainError {
  return new DomainError('name-taken', `Your team already has a dataset named "${name}". Choose another name.`);
}
