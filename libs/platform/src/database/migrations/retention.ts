import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const asOwner = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp';

const statements = [
  // A rule that is null keeps everything.
  `CREATE TABLE team_retention (
     team_id uuid PRIMARY KEY REFERENCES team ON DELETE CASCADE,
     run_days integer,
     run_count integer,
     log_days integer,
     version_days integer,
     version_count integer
   )`,
  ...teamOwned('team_retention', { quarry_app: 'SELECT, INSERT, UPDATE', quarry_worker: null }),
  // Which teams have a policy.
  `GRANT SELECT (team_id) ON team_retention TO quarry_relay`,
  `CREATE POLICY relayed ON team_retention FOR SELECT TO quarry_relay USING (true)`,

  // Runs that were let go: what lies in the store under their ids is an orphan.
  `CREATE TABLE deleted_run (
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     run_id uuid NOT NULL,
     deleted_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (team_id, run_id)
   )`,
  ...teamOwned('deleted_run', { quarry_app: 'SELECT, INSERT', quarry_worker: 'SELECT' }),

  // Whether anything refers to a key is asked for each.
  `CREATE INDEX artifact_key ON artifact (key)`,

  // The application deletes no run: it calls these, which act as the owner, for its team, on runs that have ended.
  `CREATE FUNCTION delete_ended_runs(wanted uuid[]) RETURNS SETOF uuid ${asOwner} AS $$
   DECLARE
     mine uuid := current_team();
     gone uuid[] := ARRAY(
       SELECT id FROM run WHERE team_id = mine AND id = ANY (wanted) AND finished_at IS NOT NULL ORDER BY id FOR UPDATE);
   BEGIN
     DELETE FROM artifact WHERE team_id = mine AND run_id = ANY (gone);
     DELETE FROM run_event WHERE team_id = mine AND run_id = ANY (gone);
     DELETE FROM slice_attempt WHERE team_id = mine AND slice_id IN (SELECT id FROM slice WHERE run_id = ANY (gone));
     DELETE FROM slice WHERE team_id = mine AND run_id = ANY (gone);
     DELETE FROM run WHERE team_id = mine AND id = ANY (gone);
     RETURN QUERY SELECT unnest(gone);
   END $$`,
  // Changes of state stay: streams of an old run end with the last of them.
  `CREATE FUNCTION delete_logged_events(wanted uuid[]) RETURNS bigint ${asOwner} AS $$
   DECLARE
     mine uuid := current_team();
     gone bigint;
   BEGIN
     DELETE FROM run_event USING run
       WHERE run_event.team_id = mine AND run_id = ANY (wanted) AND body ->> 'type' <> 'state'
         AND run.id = run_id AND run.team_id = mine AND finished_at IS NOT NULL;
     GET DIAGNOSTICS gone = ROW_COUNT;
     RETURN gone;
   END $$`,
  ...['delete_ended_runs', 'delete_logged_events'].flatMap((name) => [
    `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`,
    `GRANT EXECUTE ON FUNCTION ${name} TO quarry_app`,
  ]),
];

/** What teams let go of what they have finished with. */
export class Retention1764400500000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Runs that were let go do not come back: restore a backup instead.');
  }
}
