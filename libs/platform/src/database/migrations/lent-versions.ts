import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Which runs have read a version is asked by its team's policy, by the sweep, and wherever versions are listed.
  `CREATE INDEX run_by_version_read ON run (dataset_id, dataset_version)`,

  // Runs of other teams are not the asker's to see: that there are any is told of its own datasets only.
  `CREATE FUNCTION has_been_read_by_others(wanted uuid, version text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
     SET search_path = public, pg_temp AS $$
     SELECT EXISTS (SELECT 1 FROM dataset JOIN run ON run.dataset_id = dataset.id
       WHERE dataset.id = wanted AND dataset.team_id = current_team()
         AND run.dataset_version = version AND run.team_id <> dataset.team_id) $$`,
  `REVOKE EXECUTE ON FUNCTION has_been_read_by_others FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION has_been_read_by_others TO quarry_app`,
];

/** Versions of a dataset that runs of other teams have read. */
export class LentVersions1764400520000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION has_been_read_by_others');
    await queryRunner.query('DROP INDEX run_by_version_read');
  }
}
