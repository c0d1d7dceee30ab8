import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A search that learns is cut generation by generation: it has more trials ahead than its parts so far.
  `CREATE OR REPLACE FUNCTION run_progress(wanted uuid) RETURNS json LANGUAGE sql STABLE AS $$
     SELECT CASE WHEN count(*) = 0 THEN NULL ELSE json_build_object(
       'done', sum(done),
       'total', greatest(sum(to_index - from_index), (
         SELECT (work -> 'search' ->> 'trials')::int FROM run
         WHERE id = wanted AND kind = 'sweep' AND work -> 'search' ->> 'method' <> 'grid'
           AND (work -> 'search' ->> 'method' IN ('tpe', 'genetic') OR work -> 'search' ->> 'patience' IS NOT NULL))),
       'best', (
         SELECT best FROM slice JOIN run ON run.id = run_id
         WHERE run_id = wanted AND best IS NOT NULL
         ORDER BY (best ->> 'value')::float8 * CASE work -> 'search' ->> 'direction' WHEN 'minimise' THEN 1 ELSE -1 END, index
         LIMIT 1
       )) END
     FROM slice WHERE run_id = wanted AND stage = 'part'
   $$`,
];

/** Progress of searches that are cut generation by generation. */
export class Generations1764400100000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Progress by generations is not taken back: restore a backup instead.');
  }
}
