import type { Database } from '../database.js';

/** A worker that has not told of itself for so long is lost, seconds. */
const lostAfterSeconds = 10;

/** The SQL condition under which a worker's row tells of a live one. */
export const liveWorker = `heartbeat_at > now() - interval '${lostAfterSeconds} seconds'`;

/** What a worker tells of itself. */
export interface WorkerReport {
  readonly id: string;
  /** As the history of attempts names it. */
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly engineHash: string;
  readonly lanes: number;
  readonly busy: number;
  readonly wall: string;
  /** Why it takes no slices, in words; null where it does. */
  readonly refusal: string | null;
  readonly memoryBytes: number;
  /** It finishes what it has, takes no more, and ends. */
  readonly leaving: boolean;
}

/** Writes the worker's heartbeat. Answers whether it was asked to take no more slices. */
export function beat(database: Database, report: WorkerReport): Promise<{ readonly draining: boolean }> {
  return database.asRelay(async (rows) => {
    const [row] = await rows<{ draining: boolean; changed: boolean }>(
      `WITH before AS (SELECT lanes, refusal, heartbeat_at FROM worker WHERE id = $1)
       INSERT INTO worker (id, name, host, pid, version, engine_hash, lanes, busy, wall, refusal, memory_bytes, draining)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (id) DO UPDATE SET busy = $8, refusal = $10, memory_bytes = $11, heartbeat_at = now(),
         draining = worker.draining OR $12
       RETURNING draining,
         NOT EXISTS (SELECT 1 FROM before WHERE refusal IS NOT DISTINCT FROM $10 AND ${liveWorker}) AS changed`,
      [
        report.id,
        report.name,
        report.host,
        report.pid,
        report.version,
        report.engineHash,
        report.lanes,
        report.busy,
        report.wall,
        report.refusal,
        report.memoryBytes,
        report.leaving,
      ],
    );
    if (row?.changed === true) await rows(`SELECT pg_notify('quarry_slice', '')`);
    return { draining: row?.draining ?? false };
  });
}

/** Takes a worker that ends in order off the list, and those that were lost an hour ago. */
export async function signOff(database: Database, id: string): Promise<void> {
  await database.asRelay((rows) =>
    rows(`DELETE FROM worker WHERE id = $1 OR heartbeat_at < now() - interval '1 hour'`, [id]),
  );
}
