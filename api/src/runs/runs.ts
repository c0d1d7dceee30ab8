import { createHash } from 'node:crypto';
import { canonicalJson, type Run, type RunRequest } from '@quarry/contracts';
import { cancelRun, hasEnded, queueRun, retryRun, type Database, type TeamScope } from '@quarry/platform/database';
import { readyVersion } from '../datasets/ready-version.js';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { runsOf, type RunFilter } from './run-view.js';
import { tellWaiting } from './tell-waiting.js';

/** Submits, lists, cancels and retries runs. It computes nothing: a run waits as rows until a lane takes it. */
export class Runs {
  constructor(
    private readonly database: Database,
    private readonly limits: TeamLimits,
  ) {}

  /**
   * Writes the run with everything that brings it to the queue, in one transaction: a run whose id was answered is
   * never lost. With an idempotency key, the same request again answers the same run, another one is refused.
   */
  submit({ session, actor }: Member, request: RunRequest, idempotencyKey: string | null): Promise<Run> {
    if (idempotencyKey !== null && !/^[\x20-\x7e]{1,200}$/.test(idempotencyKey)) {
      throw new DomainError('bad-request', 'The Idempotency-Key has 1 to 200 printable ASCII characters.');
    }
    return this.database.inTeam(session.team.id, async (scope) => {
      await this.limits.assertMayRun(scope);
      const { fresh, priority, deadline, ...work } = request;
      const { datasetId } = work;
      const strategyId = await strategyWith(scope, work.strategyVersion, work.strategyId ?? null);
      // The usual priority is that of requests that name none.
      const asked = { ...request, priority: priority === 'normal' ? undefined : priority };
      const requestHash = createHash('sha256').update(canonicalJson(asked)).digest('hex');
      const runId = await queueRun(scope, {
        work: { ...work, strategyId },
        createdBy: session.user.id,
        strategyId,
        datasetId,
        datasetVersion: await readyVersion(scope, datasetId),
        fresh,
        priority,
        ...(deadline === undefined ? {} : { deadline }),
        ...(idempotencyKey === null ? {} : { idempotency: { key: idempotencyKey, requestHash } }),
      });
      if (runId === null) return runOf(scope, await earlierRun(scope, idempotencyKey ?? '', requestHash));
      if (deadline !== undefined) assertAhead(deadline);
      await audit(scope, actor, 'run-queued', { id: runId });
      return runOf(scope, runId);
    });
  }

  async list({ session: { team } }: Member, filter: RunFilter): Promise<Run[]> {
    const runs = await this.database.inTeam(team.id, (scope) => runsOf(scope, filter));
    return tellWaiting(this.database, team.id, runs);
  }

  async get(member: Member, id: string): Promise<Run> {
    const [run] = await this.list(member, { id, limit: 1 });
    if (!run) throw notFound('run', id);
    return run;
  }

  /** Takes effect at once, whoever works on the run. Cancelling a cancelled run changes nothing. */
  cancel({ session, actor }: Member, id: string): Promise<Run> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const before = await cancelRun(scope, id);
      if (before === null) throw notFound('run', id);
      if (hasEnded(before) && before !== 'cancelled') {
        throw new DomainError('run-already-finished', `Run ${id} has already ${before}; there is nothing to cancel.`);
      }
      if (before !== 'cancelled') await audit(scope, actor, 'run-cancelled', { id });
      return runOf(scope, id);
    });
  }

  /** Queues what failed of a run once more; what its other slices found is kept. */
  retry({ session, actor }: Member, id: string): Promise<Run> {
    return this.database.inTeam(session.team.id, async (scope) => {
      await this.limits.assertMayRun(scope);
      const before = await retryRun(scope, id);
      if (before === null) throw notFound('run', id);
      if (before !== 'failed') {
        throw new DomainError(
          'run-not-failed',
          `Run ${id} is ${before}; only a failed run is retried. Start a new one.`,
        );
      }
      await audit(scope, actor, 'run-retried', { id });
      return runOf(scope, id);
    });
  }
}

function assertAhead(deadline: string): void {
  if (Date.parse(deadline) > Date.now()) return;
  throw new DomainError('bad-request', `The deadline ${deadline} has passed already. Name a time to come, or none.`);
}

async function runOf(scope: TeamScope, id: string): Promise<Run> {
  const [run] = await runsOf(scope, { id, limit: 1 });
  if (!run) throw notFound('run', id);
  return run;
}

async function earlierRun(scope: TeamScope, key: string, requestHash: string): Promise<string> {
  const [run] = await scope.rows<{ id: string; request_hash: string }>(
    'SELECT id, request_hash FROM run WHERE idempotency_key = $1',
    [key],
  );
  if (run?.request_hash !== requestHash) {
    throw new DomainError(
      'idempotency-key-reused',
      `The Idempotency-Key "${key}" came with another request before. Use a new key.`,
    );
  }
  return run.id;
}

async function strategyWith(scope: TeamScope, version: string, strategyId: string | null): Promise<string> {
  const [found] = await scope.rows<{ strategy_id: string }>(
    `SELECT strategy_id FROM strategy_version WHERE hash = $1 AND ($2::uuid IS NULL OR strategy_id = $2)
     ORDER BY created_at DESC LIMIT 1`,
    [version, strategyId],
  );
  if (!found) throw notFound(strategyId === null ? 'strategy version' : `version of strategy ${strategyId}`, version);
  return found.strategy_id;
}
