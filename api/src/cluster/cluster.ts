import type {
  AuditAction,
  Cluster as ClusterView,
  ClusterSlice,
  DeadLetter,
  Run,
  ScalingRange,
  SetShare,
} from '@quarry/contracts';
import {
  clusterMetrics,
  clusterPicture,
  deadLetters,
  drainWorker,
  openSlices,
  pauseCluster,
  retryRun,
  setTeamShare,
  setWorkerBounds,
  type Database,
  type Rows,
} from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';

/** What those who administer the cluster see of it and do to it, for all teams. */
export class Cluster {
  constructor(private readonly database: Database) {}

  picture(): Promise<ClusterView> {
    return this.database.asRelay(clusterPicture);
  }

  async metrics(): Promise<string> {
    return clusterMetrics(await this.picture());
  }

  slices(limit: number): Promise<ClusterSlice[]> {
    return this.database.asRelay((rows) => openSlices(rows, { limit }));
  }

  async deadLetters(): Promise<DeadLetter[]> {
    const letters = await this.database.asRelay(deadLetters);
    return letters.map(({ teamId: _, ...letter }) => letter);
  }

  pause(member: Member, paused: boolean): Promise<ClusterView> {
    const action = paused ? 'queue-paused' : 'queue-resumed';
    return this.change(member, (rows) => pauseCluster(rows, paused), action);
  }

  setBounds(member: Member, range: ScalingRange): Promise<ClusterView> {
    const bounds = { min: String(range.min), max: String(range.max) };
    return this.change(member, (rows) => setWorkerBounds(rows, range), 'worker-bounds-set', bounds);
  }

  drain(member: Member, id: string, draining: boolean): Promise<ClusterView> {
    const action = draining ? 'worker-drained' : 'worker-resumed';
    const drain = async (rows: Rows): Promise<void> => {
      if (!(await drainWorker(rows, id, draining))) throw gone('worker', id);
    };
    return this.change(member, drain, action, { id });
  }

  setShare(member: Member, teamId: string, share: SetShare): Promise<ClusterView> {
    const set = async (rows: Rows): Promise<void> => {
      if (!(await setTeamShare(rows, teamId, share))) throw gone('team', teamId);
    };
    const concurrentSlices = String(share.concurrentSlices ?? 'no limit');
    return this.change(member, set, 'share-set', { teamId, weight: String(share.weight), concurrentSlices });
  }

  /** Queues what failed of the dead run once more, for its team. */
  async retry({ session, actor }: Member, runId: string): Promise<Pick<Run, 'id'>> {
    const letter = (await this.database.asRelay(deadLetters)).find((one) => one.runId === runId);
    if (!letter) throw gone('dead letter', runId);
    return this.database.asStranger(async (stranger) => {
      const before = await retryRun(await stranger.enter(letter.teamId), runId);
      if (before !== 'failed') throw gone('dead letter', runId);
      await audit(await stranger.enter(session.team.id), actor, 'dead-letter-retried', { runId });
      return { id: runId };
    });
  }

  /** What is done to the cluster stands in the log of the team that runs it. */
  private async change(
    { session, actor }: Member,
    change: (rows: Rows) => Promise<void>,
    action: AuditAction,
    subject: Readonly<Record<string, string>> = {},
  ): Promise<ClusterView> {
    await this.database.administer(session.team.id, change, (scope) => audit(scope, actor, action, subject));
    return this.picture();
  }
}

function gone(thing: string, id: string): DomainError {
  return new DomainError('not-found', `There is no ${thing} ${id} in the cluster. It may have gone.`);
}
