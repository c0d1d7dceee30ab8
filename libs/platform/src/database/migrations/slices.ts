import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const kinds = ['backtest', 'sweep', 'walk-forward', 'monte-carlo', 'prove', 'check', 'notebook', 'query', 'ingest'];

const statements = [
  `ALTER TABLE run DROP CONSTRAINT run_kind_check`,
  `ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`,

  // A part has trials or paths from one index up to, but without, another.
  `ALTER TABLE slice
     ADD stage text NOT NULL DEFAULT 'begin' CHECK (stage IN ('begin', 'part', 'fold')),
     ADD from_index integer,
     ADD to_index integer,
     ADD done integer NOT NULL DEFAULT 0,
     ADD best jsonb,
     ADD found jsonb,
     ADD failure jsonb,
     ADD CHECK ((stage = 'part') = (from_index IS NOT NULL AND to_index IS NOT NULL AND from_index < to_index)),
     ADD CHECK (stage <> 'part' OR (state = 'succeeded') = (found IS NOT NULL))`,
  `GRANT UPDATE (done, best, found, failure), INSERT ON slice TO quarry_worker`,
  `GRANT UPDATE (failure, queued_at) ON slice TO quarry_app`,
  // A run that failed may be tried again, and ends anew.
  `GRANT UPDATE (key, bytes, content_type) ON artifact TO quarry_worker`,
  `CREATE OR REPLACE FUNCTION refuse_reopened_run() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF OLD.finished_at IS NOT NULL AND NEW.state <> OLD.state AND NOT (OLD.state = 'failed' AND NEW.state = 'queued') THEN
       RAISE EXCEPTION 'Run % has ended as %; it cannot become %.', OLD.id, OLD.state, NEW.state;
     END IF;
     RETURN NEW;
   END $$`,

  // How far the parts of a run are, as RunProgress of the contracts; null where it has none.
  `CREATE FUNCTION run_progress(wanted uuid) RETURNS json LANGUAGE sql STABLE AS $$
     SELECT CASE WHEN count(*) = 0 THEN NULL ELSE json_build_object(
       'done', sum(done),
       'total', sum(to_index - from_index),
       'best', (
         SELECT best FROM slice JOIN run ON run.id = run_id
         WHERE run_id = wanted AND best IS NOT NULL
         ORDER BY (best ->> 'value')::float8 * CASE work -> 'search' ->> 'direction' WHEN 'minimise' THEN 1 ELSE -1 END, index
         LIMIT 1
       )) END
     FROM slice WHERE run_id = wanted AND stage = 'part'
   $$`,

  // Every trial of a strategy family that was ever run, whatever became of the run: it hangs on no run.
  `CREATE TABLE trial (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     family text NOT NULL,
     params_hash text NOT NULL,
     data_hash text NOT NULL,
     sharpe float8 NOT NULL,
     observations integer NOT NULL,
     tried_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (team_id, family, params_hash, data_hash)
   )`,
  ...teamOwned('trial', { quarry_app: 'SELECT', quarry_worker: 'SELECT, INSERT' }),
];

/** Runs in slices that are folded, all kinds of them, and the ledger of trials. */
export class Slices1764200100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Slices are not taken back: restore a backup instead.');
  }
}
