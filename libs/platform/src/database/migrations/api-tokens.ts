import type { MigrationInterface, QueryRunner } from 'typeorm';
import { shownByToken } from './accounts.js';
import { teamOwned } from './team-owned.js';

const statements = [
  `CREATE TABLE api_token (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL,
     user_id uuid NOT NULL,
     name text NOT NULL,
     scope text NOT NULL CHECK (scope IN ('read', 'work')),
     token_hash bytea NOT NULL UNIQUE,
     hint text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     used_at timestamptz,
     FOREIGN KEY (team_id, user_id) REFERENCES membership ON DELETE CASCADE
   )`,
  ...teamOwned('api_token', { quarry_app: 'SELECT, INSERT, UPDATE (used_at), DELETE', quarry_worker: null }),
  shownByToken('api_token', 'token_hash'),
];

/** Tokens for programs, each of one member in one team. */
export class ApiTokens1764100300000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE api_token');
  }
}
