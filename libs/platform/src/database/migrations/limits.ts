import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const statements = [
  // A limit that is null is not the team's own: what whoever runs Quarry allows holds.
  `CREATE TABLE team_limit (
     team_id uuid PRIMARY KEY REFERENCES team ON DELETE CASCADE,
     user_requests_per_minute integer,
     requests_per_minute integer,
     concurrent_slices integer,
     worker_seconds_per_day bigint,
     storage_bytes bigint
   )`,
  ...teamOwned('team_limit', { quarry_app: 'SELECT, INSERT, UPDATE', quarry_worker: null }),
  // Admission, which acts for all teams, reads how many slices of each may run at once.
  `GRANT SELECT (team_id, concurrent_slices) ON team_limit TO quarry_relay`,
  `CREATE POLICY relayed ON team_limit FOR SELECT TO quarry_relay USING (true)`,

  // Token buckets under hashes of ids: no one's to read.
  `CREATE TABLE request_bucket (
     bucket bytea PRIMARY KEY,
     tokens double precision NOT NULL,
     filled_at timestamptz NOT NULL
   )`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON request_bucket TO quarry_app`,
  `CREATE FUNCTION take_requests(named bytea, per_minute double precision, wanted integer,
     OUT taken integer, OUT wait_seconds double precision) LANGUAGE plpgsql AS $$
   DECLARE available double precision;
   BEGIN
     INSERT INTO request_bucket VALUES (named, per_minute, clock_timestamp()) ON CONFLICT DO NOTHING;
     SELECT least(per_minute, tokens + extract(epoch FROM clock_timestamp() - filled_at) * per_minute / 60)
       INTO available FROM request_bucket WHERE bucket = named FOR UPDATE;
     taken := least(wanted, floor(available));
     wait_seconds := CASE WHEN taken > 0 THEN 0 ELSE (1 - available) * 60 / per_minute END;
     UPDATE request_bucket SET tokens = available - taken, filled_at = clock_timestamp() WHERE bucket = named;
   END $$`,
];

/** What teams may use, and how many requests they have left. */
export class Limits1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION take_requests');
    await queryRunner.query('DROP TABLE request_bucket, team_limit');
  }
}
