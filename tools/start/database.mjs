import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@quarry/platform/embedded';
import { prepareDatabase as prepare } from '../../api/dist/migrate/prepare-database.js';

/** The embedded server, or the one that DATABASE_OWNER_URL names, which is neither started nor ended here. */
export async function openDatabase(config) {
  if (config.database === null) return { isEmbedded: true, ...(await startEmbeddedPostgres(config.home)) };
  return {
    isEmbedded: false,
    ownerUrl: config.database.ownerUrl,
    passwords: rolePasswords(config),
    stoppedOrphan: false,
    ended: new Promise(() => undefined),
    stop: async () => undefined,
  };
}

/** Brings schema and queue up to date. Answers the first user's credentials where this made them. */
export function prepareDatabase(database, config) {
  return prepare({ ...database, redisUrl: config.redisUrl });
}

/** Passwords of the application's roles on a server of one's own: as configured, else made once and kept. */
function rolePasswords(config) {
  const { appPassword, workerPassword } = config.database;
  if (appPassword !== null && workerPassword !== null) return { app: appPassword, worker: workerPassword };
  const file = join(config.home, 'database-roles.json');
  const random = () => randomBytes(24).toString('base64url');
  let kept;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    kept = { app: random(), worker: random() };
    mkdirSync(config.home, { recursive: true });
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  }
  return { app: appPassword ?? kept.app, worker: workerPassword ?? kept.worker };
}
