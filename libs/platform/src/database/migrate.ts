import { DataSource } from 'typeorm';
import { Accounts1764100000000 } from './migrations/accounts.js';
import { Admission1764200000000 } from './migrations/admission.js';
import { ApiTokens1764100300000 } from './migrations/api-tokens.js';
import { AuditLog1764100100000 } from './migrations/audit-log.js';
import { DatasetSharing1764400510000 } from './migrations/dataset-sharing.js';
import { DatasetVersions1764100730000 } from './migrations/dataset-versions.js';
import { Deadlines1764400300000 } from './migrations/deadlines.js';
import { FirstVersion1763683200000 } from './migrations/first-version.js';
import { Generations1764400100000 } from './migrations/generations.js';
import { LentVersions1764400520000 } from './migrations/lent-versions.js';
import { Limits1764300000000 } from './migrations/limits.js';
import { Schedules1764400200000 } from './migrations/schedules.js';
import { SliceEngines1764400000000 } from './migrations/slice-engines.js';
import { Retention1764400500000 } from './migrations/retention.js';
import { RunTrace1764400400000 } from './migrations/run-trace.js';
import { Slices1764200100000 } from './migrations/slices.js';
import { ProviderKeys1764300100000 } from './migrations/provider-keys.js';
import { Teams1764100200000 } from './migrations/teams.js';
import { Scaling1764200200000 } from './migrations/scaling.js';
import { TwoStep1764100400000 } from './migrations/two-step.js';
import { UnfinishedUploads1764300310000 } from './migrations/unfinished-uploads.js';
import { WebhookRenewal1764300300000 } from './migrations/webhook-renewal.js';
import { Webhooks1764300200000 } from './migrations/webhooks.js';
import { ensureOwnerPolicies } from './owner-policies.js';
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
    migrations: [
      FirstVersion1763683200000,
      Accounts1764100000000,
      AuditLog1764100100000,
      Teams1764100200000,
      ApiTokens1764100300000,
      TwoStep1764100400000,
      DatasetVersions1764100730000,
      Limits1764300000000,
      Admission1764200000000,
      Slices1764200100000,
      Scaling1764200200000,
      ProviderKeys1764300100000,
      Webhooks1764300200000,
      WebhookRenewal1764300300000,
      UnfinishedUploads1764300310000,
      SliceEngines1764400000000,
      Generations1764400100000,
      Schedules1764400200000,
      Deadlines1764400300000,
      RunTrace1764400400000,
      Retention1764400500000,
      DatasetSharing1764400510000,
      LentVersions1764400520000,
    ],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
  await owner.initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(owner, passwords);
    await owner.runMigrations();
    await ensureOwnerPolicies(owner);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await lock.release();
    await owner.destroy();
  }
}
