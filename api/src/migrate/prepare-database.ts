import { migrate, seed, type RolePasswords, type SeededCredentials } from '@quarry/platform/database';
import { migratePostgresQueue } from '@quarry/platform/queue';

export interface DatabaseSetting {
  readonly ownerUrl: string;
  readonly passwords: RolePasswords;
  /** Where Redis carries the queue; null: the database does. */
  readonly redisUrl: string | null;
}

/** Brings schema and queue up to date. Answers the first user's credentials where this made them. */
export async function prepareDatabase(setting: DatabaseSetting): Promise<SeededCredentials | null> {
  await migrate(setting.ownerUrl, setting.passwords);
  if (setting.redisUrl === null) await migratePostgresQueue(setting.ownerUrl, ['quarry_app', 'quarry_worker']);
  return seed(setting.ownerUrl);
}
