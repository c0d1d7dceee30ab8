import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const statements = [
  // `sealed` is an envelope: what opens it is kept outside the database.
  `CREATE TABLE provider_key (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     provider text NOT NULL,
     name text NOT NULL,
     hint text NOT NULL,
     sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     used_at timestamptz,
     UNIQUE (team_id, name)
   )`,
  ...teamOwned('provider_key', { quarry_app: 'SELECT, INSERT, UPDATE (sealed, used_at), DELETE', quarry_worker: null }),
];

/** Keys of data vendors, sealed. */
export class ProviderKeys1764300100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE provider_key');
  }
}
