import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

/** The owner's own statements, which FORCE would show no row. */
function asOwner(table: string, statement: string): string[] {
  return [
    `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
    statement,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  ];
}

const statements = [
  `CREATE TABLE upload (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     file_name text NOT NULL,
     bytes bigint NOT NULL CHECK (bytes > 0),
     received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND bytes),
     -- keys of its pieces, in order
     parts jsonb NOT NULL DEFAULT '[]',
     touched_at timestamptz NOT NULL DEFAULT now()
   )`,
  ...teamOwned('upload', {
    quarry_app: 'SELECT, INSERT, UPDATE (received, parts, touched_at), DELETE',
    quarry_worker: 'SELECT, DELETE',
  }),

  // A name is free again when its dataset is deleted; the row stays for the runs that used it.
  `ALTER TABLE dataset ADD COLUMN deleted_at timestamptz`,
  `ALTER TABLE dataset DROP CONSTRAINT dataset_team_id_name_key`,
  `CREATE UNIQUE INDEX dataset_name ON dataset (team_id, name) WHERE deleted_at IS NULL`,
  `GRANT UPDATE (deleted_at) ON dataset TO quarry_app`,

  // A version that was made before there were proposals is accepted.
  `ALTER TABLE dataset_version
     ADD COLUMN accepted_at timestamptz DEFAULT now(),
     ADD COLUMN deleted_at timestamptz,
     ADD COLUMN previous text,
     ADD COLUMN origin jsonb`,
  `DROP TRIGGER dataset_version_is_immutable ON dataset_version`,
  ...asOwner('dataset_version', 'UPDATE dataset_version SET accepted_at = created_at'),
  `CREATE FUNCTION refuse_changed_dataset_version() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF (OLD.team_id, OLD.dataset_id, OLD.hash) IS DISTINCT FROM (NEW.team_id, NEW.dataset_id, NEW.hash)
        OR (OLD.accepted_at IS NOT NULL AND OLD.deleted_at IS NULL
            AND (OLD.info, OLD.files, OLD.origin, OLD.created_at) IS DISTINCT FROM (NEW.info, NEW.files, NEW.origin, NEW.created_at)) THEN
       RAISE EXCEPTION 'A dataset version is immutable once it was accepted: % of dataset %.', OLD.hash, OLD.dataset_id;
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER dataset_version_is_immutable BEFORE UPDATE ON dataset_version
     FOR EACH ROW EXECUTE FUNCTION refuse_changed_dataset_version()`,
  `GRANT UPDATE (accepted_at, deleted_at, previous), DELETE ON dataset_version TO quarry_app`,
  `GRANT UPDATE (info, files, origin, created_at, accepted_at, deleted_at, previous), DELETE ON dataset_version
     TO quarry_worker`,

  // Uploads come in pieces: what was one key is a list of them.
  ...asOwner(
    'run',
    `UPDATE run SET work = jsonb_set(work, '{input}', (work -> 'input') - 'key'::text
       || jsonb_build_object('keys', jsonb_build_array(work -> 'input' -> 'key')))
     WHERE work -> 'input' ? 'key'`,
  ),
  `CREATE INDEX run_of_dataset ON run (team_id, dataset_id, created_at DESC)`,
  `ALTER TABLE run DROP CONSTRAINT run_kind_check`,
  `ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN (
     'backtest', 'sweep', 'walk-forward', 'monte-carlo', 'prove', 'check', 'notebook', 'query', 'ingest'))`,
];

/** Uploads in pieces; proposals, lineage and deletion of dataset versions; queries. */
export class DatasetVersions1764100730000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Dataset versions are not taken back: restore a backup instead.');
  }
}
