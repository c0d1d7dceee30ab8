import { DataSource } from 'typeorm';
import { FirstVersion1763683200000 } from './migrations/first-version.js';
import { ensureRoles, type RolePasswords } from './roles.js';

/** Held while migrating, so that two starts at once do not migrate twice: 'quarry' in ASCII, cut to 31 bits. */
const migrationLock = 0x71756172;

/**
 * Brings the database to this version's schema, as its owner, and makes the application's roles. Safe to call at
 * every start and from several processes at once.
 */
export async function migrate(ownerUrl: string, passwords: RolePasswords): Promise<void> {
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'quarry-migrate',
    installExtensions: false,
    migrations: [FirstVersion1763683200000],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
  await owner.initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(owner, passwords);
    await owner.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await lock.release();
    await owner.destroy();
  }
}
