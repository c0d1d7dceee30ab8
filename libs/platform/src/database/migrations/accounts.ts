import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned, underRowSecurity } from './team-owned.js';

/** Row level security binds the owner too; these tables name it, for seeding and password resets at the machine. */
export const administered = (table: string): string =>
  `CREATE POLICY administered ON ${table} TO CURRENT_USER USING (true)`;

/** Opens single rows of the table to whoever presents the token whose hash they keep. */
export const shownByToken = (table: string, ...columns: readonly string[]): string =>
  `CREATE POLICY by_token ON ${table} FOR SELECT TO quarry_app
     USING (presented_token() IN (${columns.join(', ')}))`;

const statements = [
  `CREATE FUNCTION asking_user() RETURNS uuid LANGUAGE sql STABLE AS
     $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$`,
  `CREATE FUNCTION presented_token() RETURNS bytea LANGUAGE sql STABLE AS
     $$ SELECT decode(nullif(current_setting('app.token_hash', true), ''), 'hex') $$`,

  // What proves that someone is who they say lies apart from what colleagues may read of them.
  `CREATE TABLE credential (
     user_id uuid PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
     password_hash text NOT NULL
   )`,
  `INSERT INTO credential (user_id, password_hash) SELECT id, password_hash FROM app_user`,
  `ALTER TABLE app_user DROP COLUMN password_hash`,
  ...underRowSecurity('credential'),
  administered('credential'),
  `GRANT SELECT, INSERT, UPDATE ON credential TO quarry_app`,
  `CREATE POLICY own_credential ON credential TO quarry_app USING (user_id = asking_user())`,
  `GRANT INSERT ON app_user TO quarry_app`,
  `CREATE POLICY made_by_oneself ON app_user FOR INSERT TO quarry_app WITH CHECK (id = asking_user())`,
  `CREATE POLICY colleagues ON app_user FOR SELECT TO quarry_app USING (EXISTS (
     SELECT 1 FROM membership WHERE membership.user_id = app_user.id AND membership.team_id = current_team()))`,

  // A session is a family of tokens: each refresh replaces a pair by its one successor.
  `DELETE FROM session`,
  `DROP POLICY by_token ON session`,
  `ALTER TABLE session DROP COLUMN token_hash, DROP COLUMN expires_at, ADD UNIQUE (team_id, id)`,
  `CREATE TABLE session_token (
     refresh_hash bytea PRIMARY KEY,
     access_hash bytea NOT NULL UNIQUE,
     team_id uuid NOT NULL,
     session_id uuid NOT NULL,
     access_until timestamptz NOT NULL,
     refresh_until timestamptz NOT NULL,
     successor_salt bytea,
     replaced_at timestamptz,
     CHECK ((successor_salt IS NULL) = (replaced_at IS NULL)),
     FOREIGN KEY (team_id, session_id) REFERENCES session (team_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX session_token_session ON session_token (session_id)`,
  ...teamOwned('session_token', {
    quarry_app: 'SELECT, INSERT, UPDATE (successor_salt, replaced_at), DELETE',
    quarry_worker: null,
  }),
  shownByToken('session_token', 'access_hash', 'refresh_hash'),

  // Misses in a row by account, under a hash of its address: known or not, so that a lock tells nothing.
  `CREATE TABLE sign_in_lock (
     account bytea PRIMARY KEY,
     misses integer NOT NULL,
     last_at timestamptz NOT NULL,
     locked_until timestamptz
   )`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_lock TO quarry_app`,
];

/** Credentials apart from people, sessions as families of rotating tokens, locks after misses in a row. */
export class Accounts1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Passwords were moved and sessions ended: restore a backup to go back.');
  }
}
