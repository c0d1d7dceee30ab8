import type { MigrationInterface, QueryRunner } from 'typeorm';
import { shownByToken } from './accounts.js';
import { teamOwned } from './team-owned.js';

/** Team-owned tables in the order in which rows may go; what hangs on a membership goes with it. */
export const emptied = [
  'artifact',
  'outbox',
  'run_event',
  'slice_attempt',
  'slice',
  'run',
  'dataset_version',
  'dataset',
  'strategy_version',
  'strategy',
  'invitation',
  'membership',
];

const statements = [
  `CREATE TABLE invitation (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL REFERENCES team,
     email text NOT NULL,
     role text NOT NULL CHECK (role IN ('viewer', 'quant', 'admin')),
     token_hash bytea NOT NULL UNIQUE,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL
   )`,
  `CREATE UNIQUE INDEX invitation_email ON invitation (team_id, lower(email))`,
  ...teamOwned('invitation', { quarry_app: 'SELECT, INSERT, DELETE', quarry_worker: null }),
  shownByToken('invitation', 'token_hash'),

  `CREATE TABLE password_reset (
     token_hash bytea PRIMARY KEY,
     team_id uuid NOT NULL,
     user_id uuid NOT NULL,
     expires_at timestamptz NOT NULL,
     FOREIGN KEY (team_id, user_id) REFERENCES membership ON DELETE CASCADE
   )`,
  ...teamOwned('password_reset', { quarry_app: 'SELECT, INSERT, DELETE', quarry_worker: null }),
  shownByToken('password_reset', 'token_hash'),

  `GRANT INSERT, UPDATE (name) ON team TO quarry_app`,
  `GRANT INSERT, UPDATE (role), DELETE ON membership TO quarry_app`,
  // A user's own sessions end in all teams at once when the password changes.
  `CREATE POLICY own_sessions ON session TO quarry_app USING (user_id = asking_user()) WITH CHECK (false)`,

  // The application may delete a team whole and nothing in part: it calls this, which acts as the owner.
  ...emptied.map(
    (table) => `CREATE POLICY deleted_with_team ON ${table} TO CURRENT_USER USING (team_id = current_team())`,
  ),
  deleteCurrentTeam(emptied),
  `REVOKE EXECUTE ON FUNCTION delete_current_team() FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION delete_current_team() TO quarry_app`,
];

/** The function that empties these tables of the current team, then deletes it. */
export function deleteCurrentTeam(tables: readonly string[]): string {
  return `CREATE OR REPLACE FUNCTION delete_current_team() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
   SET search_path = public, pg_temp AS $$
   DECLARE mine uuid := current_team();
   BEGIN
     ${tables.map((table) => `DELETE FROM ${table} WHERE team_id = mine;`).join('\n     ')}
     DELETE FROM team WHERE id = mine;
   END $$`;
}

/** Invitations, one-time links for new passwords, and what teams may do to themselves. */
export class Teams1764100200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Teams are not taken back: restore a backup instead.');
  }
}
