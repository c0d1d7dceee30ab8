import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/**
 * A real PostgreSQL for a spec: a folder of its own, a free port, no durability. Up in about a second; `stop` removes
 * the folder. Call `migrate(server.ownerUrl, server.passwords)` for Quarry's schema.
 */
export async function startTemporaryPostgres(): Promise<EmbeddedPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'quarry-postgres-'));
  const server = await startEmbeddedPostgres(home, true);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
