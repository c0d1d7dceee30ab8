import type { MigrationInterface, QueryRunner } from 'typeorm';
import { underRowSecurity } from './team-owned.js';
import { deleteCurrentTeam, emptied } from './teams.js';

/** Tables of the cluster itself, of no team: seen and written by whoever takes on the relay's role, for one transaction. */
export const ofTheCluster = (table: string, grants: string): string[] => [
  ...underRowSecurity(table),
  `GRANT ${grants} ON ${table} TO quarry_relay`,
  `CREATE POLICY of_the_cluster ON ${table} TO quarry_relay USING (true)`,
  `CREATE POLICY administered ON ${table} TO CURRENT_USER USING (true)`,
];

const statements = [
  // Slices wait as rows: dispatched_at is null until admission has handed the slice to the queue.
  `DROP TABLE outbox`,
  `DROP FUNCTION wake_relay`,
  deleteCurrentTeam(emptied.filter((table) => table !== 'outbox')),
  `ALTER TABLE run ADD COLUMN priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1)`,
  `ALTER TABLE slice
     ALTER COLUMN dispatched_at DROP NOT NULL,
     ALTER COLUMN dispatched_at DROP DEFAULT,
     ADD COLUMN kind text NOT NULL DEFAULT '',
     ADD COLUMN priority smallint NOT NULL DEFAULT 0,
     ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now()`,
  ...['slice', 'run'].map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`),
  `UPDATE slice SET kind = run.kind FROM run WHERE run.id = slice.run_id`,
  `UPDATE slice SET dispatch = dispatch + 1, dispatched_at = NULL WHERE state = 'queued'`,
  ...['slice', 'run'].map((table) => `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`),
  `CREATE INDEX slice_open_of_team ON slice (team_id) WHERE state IN ('queued', 'running')`,
  `CREATE INDEX slice_waiting ON slice (team_id, priority DESC, queued_at, index)
     WHERE state = 'queued' AND dispatched_at IS NULL`,
  `CREATE INDEX slice_dispatched ON slice (team_id) WHERE state = 'queued' AND dispatched_at IS NOT NULL`,
  `CREATE INDEX slice_running ON slice (team_id) WHERE state = 'running'`,

  // A slice is of its run's kind and priority, whoever cuts it.
  `CREATE FUNCTION take_after_run() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     SELECT kind, priority INTO NEW.kind, NEW.priority FROM run WHERE id = NEW.run_id;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER slice_takes_after_run BEFORE INSERT ON slice FOR EACH ROW EXECUTE FUNCTION take_after_run()`,

  `ALTER TABLE slice_attempt
     ADD COLUMN queued_at timestamptz,
     ADD COLUMN ended_at timestamptz,
     ADD COLUMN charged boolean NOT NULL DEFAULT false`,
  `CREATE INDEX slice_attempt_uncharged ON slice_attempt (ended_at) WHERE ended_at IS NOT NULL AND NOT charged`,
  `CREATE INDEX slice_attempt_recent ON slice_attempt (started_at)`,
  `GRANT UPDATE (ended_at) ON slice_attempt TO quarry_app, quarry_worker`,
  // An attempt ends with its slice's word, whoever gives it; a lost worker's has ended with its lease.
  `CREATE FUNCTION end_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     UPDATE slice_attempt SET ended_at = least(clock_timestamp(), OLD.lease_until)
     WHERE slice_id = OLD.id AND attempt = OLD.attempt AND ended_at IS NULL;
     PERFORM pg_notify('quarry_slice', '');
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER slice_ends_attempt AFTER UPDATE ON slice FOR EACH ROW
     WHEN (OLD.state = 'running' AND (NEW.state <> 'running' OR NEW.attempt <> OLD.attempt))
     EXECUTE FUNCTION end_attempt()`,
  `CREATE FUNCTION wake_admission() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_notify('quarry_slice', '');
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER slice_waits_again AFTER UPDATE OF state ON slice FOR EACH ROW
     WHEN (NEW.state = 'queued' AND OLD.state NOT IN ('queued', 'running')) EXECUTE FUNCTION wake_admission()`,
  `CREATE TRIGGER slice_wakes AFTER INSERT ON slice FOR EACH STATEMENT EXECUTE FUNCTION wake_admission()`,

  `CREATE TABLE team_share (
     team_id uuid PRIMARY KEY REFERENCES team ON DELETE CASCADE,
     weight float8 NOT NULL DEFAULT 1 CHECK (weight > 0),
     concurrent_slices integer CHECK (concurrent_slices >= 0),
     used float8 NOT NULL DEFAULT 0,
     mean_seconds float8 NOT NULL DEFAULT 1,
     competed boolean NOT NULL DEFAULT false
   )`,
  ...ofTheCluster('team_share', 'SELECT, INSERT, UPDATE'),

  `CREATE TABLE cluster (
     is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
     paused boolean NOT NULL DEFAULT false,
     clock float8 NOT NULL DEFAULT 0,
     slices_per_team integer CHECK (slices_per_team >= 0)
   )`,
  `INSERT INTO cluster DEFAULT VALUES`,
  ...ofTheCluster('cluster', 'SELECT, UPDATE'),

  `CREATE TABLE worker (
     id uuid PRIMARY KEY,
     name text NOT NULL,
     host text NOT NULL,
     pid integer NOT NULL,
     version text NOT NULL,
     engine_hash text NOT NULL,
     lanes integer NOT NULL CHECK (lanes >= 1),
     busy integer NOT NULL,
     wall text NOT NULL,
     refusal text,
     memory_bytes bigint NOT NULL,
     draining boolean NOT NULL DEFAULT false,
     started_at timestamptz NOT NULL DEFAULT now(),
     heartbeat_at timestamptz NOT NULL DEFAULT now()
   )`,
  ...ofTheCluster('worker', 'SELECT, INSERT, UPDATE, DELETE'),

  `GRANT SELECT (name) ON team TO quarry_relay`,
  `GRANT SELECT (index, kind, priority, attempt, queued_at, worker), UPDATE (dispatch, dispatched_at) ON slice TO quarry_relay`,
  `CREATE POLICY admitted ON slice FOR UPDATE TO quarry_relay USING (true)`,
  `GRANT SELECT, UPDATE (charged) ON slice_attempt TO quarry_relay`,
  `CREATE POLICY relayed ON slice_attempt FOR SELECT TO quarry_relay USING (true)`,
  `CREATE POLICY charged ON slice_attempt FOR UPDATE TO quarry_relay USING (true)`,
];

/** Slices wait as rows until it is their turn; who has used how much; which workers live. */
export class Admission1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The outbox is gone for good: restore a backup to go back.');
  }
}
