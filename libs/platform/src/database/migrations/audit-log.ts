import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const statements = [
  // No reference to the team or the user: the log outlives both.
  `CREATE TABLE audit_event (
     team_id uuid NOT NULL,
     sequence integer NOT NULL CHECK (sequence >= 1),
     at timestamptz(3) NOT NULL,
     actor_id uuid,
     actor text NOT NULL,
     action text NOT NULL,
     subject jsonb NOT NULL,
     previous bytea NOT NULL,
     hash bytea NOT NULL,
     PRIMARY KEY (team_id, sequence)
   )`,
  ...teamOwned('audit_event', { quarry_app: 'SELECT, INSERT', quarry_worker: null }),
  // The owner verifies all of it, and adds what is done at the machine.
  `CREATE POLICY verified ON audit_event FOR SELECT TO CURRENT_USER USING (true)`,
  `CREATE POLICY appended ON audit_event FOR INSERT TO CURRENT_USER WITH CHECK (true)`,
  // The serving roles may neither change nor delete; these bind the owner too.
  `CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON audit_event
     FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

/** The audit log: one hash chain per team, written once. */
export class AuditLog1764100100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The audit log is append-only: it is not taken back.');
  }
}
