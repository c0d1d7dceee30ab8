import { createPostgresBackend, PostgresConnection, withBackend } from 'bullmq';
import { type Bull, BullRunQueue, type QueueSettings } from './bull-run-queue.js';
import type { Dispatch, RunQueue } from './run-queue.js';

const schema = 'bullmq';

/**
 * The queue in PostgreSQL, for one machine: no other server needed. Its schema is made by `migratePostgresQueue`.
 */
export function openPostgresQueue(url: string, settings: QueueSettings): RunQueue {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connectTo = (max: number) => ({
    connectionString: url,
    schema,
    max,
    connectionTimeoutMillis: 5000,
    application_name: 'quarry-queue',
  });
  const client = new PostgresConnection(connectTo(1));
  client.on('error', settings.onTrouble);
  const queue = new Queue<Dispatch>(settings.name, { connection: connectTo(4) });
  const bull: Bull = {
    queue,
    worker: (handler, options) =>
      new Worker<Dispatch>(settings.name, handler, { ...options, connection: connectTo(4) }),
    ping: async () => {
      await client.pool.query('SELECT 1');
    },
    close: async () => {
      await queue.close();
      await client.close();
    },
  };
  return new BullRunQueue(bull, settings);
}

/** Brings the queue's own schema up to date, as the database's owner, and lets the roles use it, none of them change it. */
export async function migratePostgresQueue(ownerUrl: string, roles: readonly string[]): Promise<void> {
  const owner = new PostgresConnection({ connectionString: ownerUrl, schema, migrate: true, max: 1 });
  try {
    await owner.waitUntilReady();
    for (const role of roles) {
      if (!/^[a-z_]+$/.test(role)) throw new Error(`"${role}" is no role of Quarry's.`);
      await owner.pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
      await owner.pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
      await owner.pool.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`);
      await owner.pool.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${role}`);
    }
  } finally {
    await owner.close();
  }
}
