import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const statements = [
  `CREATE TABLE schedule (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     created_by uuid REFERENCES app_user,
     work jsonb NOT NULL,
     strategy_id uuid NOT NULL,
     dataset_id uuid NOT NULL,
     cron text NOT NULL,
     time_zone text NOT NULL,
     next_at timestamptz,
     last_at timestamptz,
     last_run_id uuid,
     last_problem text,
     passed_over integer NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX schedule_due ON schedule (next_at) WHERE next_at IS NOT NULL`,
  ...teamOwned('schedule', {
    quarry_app: 'SELECT, INSERT, UPDATE (next_at, last_at, last_run_id, last_problem, passed_over), DELETE',
    quarry_worker: null,
  }),
  // Which are due, whosever they are.
  `GRANT SELECT (id, team_id, next_at) ON schedule TO quarry_relay`,
  `CREATE POLICY relayed ON schedule FOR SELECT TO quarry_relay USING (true)`,
];

/** Runs that are made again and again. */
export class Schedules1764400200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE schedule');
  }
}
