import { holdFolder, runningEmbeddedPostgres } from '@quarry/platform/embedded';
import { step } from '../build/progress.mjs';
import { openDatabase } from './database.mjs';

/** Does something as the database's owner, beside a running Quarry or without one: the embedded server is then started for it. */
export async function onDatabase(config, work) {
  const running = config.database ?? (await runningEmbeddedPostgres(config.home));
  if (running) return work(running.ownerUrl);

  const release = holdFolder(config.home);
  try {
    const database = await step('PostgreSQL', () => openDatabase(config));
    try {
      return await work(database.ownerUrl);
    } finally {
      await database.stop();
    }
  } finally {
    release();
  }
}
