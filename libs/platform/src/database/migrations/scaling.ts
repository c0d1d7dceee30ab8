import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ofTheCluster } from './admission.js';

const statements = [
  `ALTER TABLE cluster
     ADD COLUMN workers_min integer,
     ADD COLUMN workers_max integer,
     ADD COLUMN workers_wanted integer NOT NULL DEFAULT 1,
     ADD COLUMN wanted_at timestamptz NOT NULL DEFAULT now(),
     ADD COLUMN quiet_since timestamptz,
     ADD CHECK (workers_min <= workers_max)`,
  `CREATE TABLE cluster_sample (
     at timestamptz PRIMARY KEY DEFAULT now(),
     waiting integer NOT NULL,
     running integer NOT NULL,
     workers integer NOT NULL,
     lanes integer NOT NULL,
     oldest_seconds float8 NOT NULL
   )`,
  ...ofTheCluster('cluster_sample', 'SELECT, INSERT, DELETE'),

  // The first team's admins administer the cluster; nobody comes into that right because a team is gone.
  `ALTER TABLE team ADD COLUMN runs_cluster boolean NOT NULL DEFAULT false`,
  `UPDATE team SET runs_cluster = true WHERE id = (SELECT id FROM team ORDER BY created_at, id LIMIT 1)`,
  `REVOKE INSERT ON team FROM quarry_app`,
  `GRANT INSERT (id, name) ON team TO quarry_app`,

  // What failed by no fault of its author's, for who administers the cluster.
  `GRANT SELECT (id, team_id, kind, state, failure, finished_at) ON run TO quarry_relay`,
  `CREATE POLICY dead_letters ON run FOR SELECT TO quarry_relay
     USING (state = 'failed' AND failure ->> 'code' IN ('poisoned', 'crashed'))`,
  `CREATE INDEX run_dead_letter ON run (finished_at DESC)
     WHERE state = 'failed' AND failure ->> 'code' IN ('poisoned', 'crashed')`,
];

/** How many workers are wanted, what the cluster was like before, and who administers it. */
export class Scaling1764200200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Who administers the cluster is not taken back: restore a backup to go back.');
  }
}
