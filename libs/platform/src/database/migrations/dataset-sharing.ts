import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

/** SQL: the datasets that other teams share with the one that asks. */
const lent = '(SELECT dataset_id FROM dataset_share WHERE borrower_id = current_team())';

/** For reading, to whoever serves the team that they are shared with; whatever else a policy says stands. */
const alsoShown = (table: string, condition: string): string =>
  `CREATE POLICY shared ON ${table} FOR SELECT TO quarry_app, quarry_worker USING (${condition})`;

/** A question to what the asker's policies do not show, answered as the owner. */
function asked(signature: string, returns: string, query: string, role: string): string[] {
  const [name] = signature.split('(');
  return [
    `CREATE FUNCTION ${signature} RETURNS ${returns} LANGUAGE sql STABLE SECURITY DEFINER
       SET search_path = public, pg_temp AS $$ ${query} $$`,
    `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${name} TO ${role}`,
  ];
}

const statements = [
  // Its team is the one that shares: to write a row is to own the dataset.
  `CREATE TABLE dataset_share (
     team_id uuid NOT NULL,
     dataset_id uuid NOT NULL,
     borrower_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     created_by uuid REFERENCES app_user,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (dataset_id, borrower_id),
     FOREIGN KEY (team_id, dataset_id) REFERENCES dataset (team_id, id) ON DELETE CASCADE,
     CHECK (borrower_id <> team_id)
   )`,
  `CREATE INDEX dataset_share_borrower ON dataset_share (borrower_id)`,
  ...teamOwned('dataset_share', { quarry_app: 'SELECT, INSERT, DELETE', quarry_worker: 'SELECT' }),
  alsoShown('dataset_share', 'borrower_id = current_team()'),
  alsoShown('dataset', `id IN ${lent}`),
  alsoShown('dataset_version', `accepted_at IS NOT NULL AND dataset_id IN ${lent}`),

  ...asked(
    'teams_named(wanted text)',
    'TABLE (id uuid, name text)',
    'SELECT id, name FROM team WHERE name = wanted OR id::text = wanted',
    'quarry_app',
  ),
  ...asked(
    'sharing_team(wanted uuid)',
    'text',
    `SELECT name FROM team WHERE id = wanted AND EXISTS (SELECT 1 FROM dataset_share
       WHERE (team_id, borrower_id) IN ((wanted, current_team()), (current_team(), wanted)))`,
    'quarry_app',
  ),
  ...asked(
    'is_being_read(dataset uuid, version text)',
    'boolean',
    `SELECT EXISTS (SELECT 1 FROM run WHERE dataset_id = dataset AND dataset_version = version
       AND state IN ('queued', 'running'))`,
    'quarry_worker',
  ),

  // A run may read what another team shares, and outlives it: whose it was is written down with the run.
  `ALTER TABLE run DROP CONSTRAINT run_team_id_dataset_id_fkey,
     ADD COLUMN borrowed jsonb,
     ADD FOREIGN KEY (dataset_id) REFERENCES dataset ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED`,
  `CREATE POLICY reads_what_it_is_shown ON run AS RESTRICTIVE FOR INSERT TO quarry_app
     WITH CHECK (dataset_id IS NULL OR EXISTS (SELECT 1 FROM dataset WHERE dataset.id = run.dataset_id))`,
];

/** Datasets that a team lets another one read. */
export class DatasetSharing1764400510000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Runs over shared datasets are not taken back: restore a backup instead.');
  }
}
