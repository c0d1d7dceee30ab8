import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // What the file was, so that who brings it again goes on with the upload that was begun.
  `ALTER TABLE upload ADD COLUMN modified_at timestamptz`,
  // The raw files that count in a team's storage.
  `CREATE INDEX run_ingest ON run (team_id) WHERE kind = 'ingest'`,
];

/** Uploads that are gone on with after their tab was closed; the storage of raw files. */
export class UnfinishedUploads1764300310000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Unfinished uploads are not taken back: restore a backup instead.');
  }
}
