import type { Health } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Database } from '@quarry/platform/database';
import type { RunQueue } from '@quarry/platform/queue';
import type { Runner } from '@quarry/runner';
import type { WallRule } from '../attempt/wall-rule.js';

export interface WorkerParts {
  readonly database: Database;
  readonly queue: RunQueue;
  readonly artifacts: ArtifactStore;
  readonly runner: Runner;
  readonly wallRule: WallRule;
}

const patienceMs = 1_000;

/** What this worker stands on, and which wall its strategies run behind: told as it is. */
export async function workerHealth({ database, queue, artifacts, runner, wallRule }: WorkerParts): Promise<Health> {
  const asked = { database: database.ping(), queue: queue.ping(), artifacts: artifacts.ping() };
  const patience = AbortSignal.timeout(patienceMs);
  const late = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', reject);
  });
  const answers = await Promise.allSettled(Object.values(asked).map((answer) => Promise.race([answer, late])));
  // What cannot be asked now is told by the database's own part.
  const refusal = await Promise.race([wallRule.refusal(), late]).catch(() => null);
  const wall = `wall: ${runner.wall} (${runner.wallDetail})`;
  const parts: Health['parts'] = {
    runner: refusal === null ? { status: 'ok', detail: wall } : { status: 'down', detail: `${wall}; ${refusal}` },
  };
  Object.keys(asked).forEach((name, index) => {
    const answer = answers[index];
    parts[name] =
      answer?.status === 'fulfilled'
        ? { status: 'ok', detail: 'answers' }
        : { status: 'down', detail: 'does not answer' };
  });
  const allWell = Object.values(parts).every((part) => part.status === 'ok');
  return { status: allWell ? 'ok' : 'degraded', parts };
}
