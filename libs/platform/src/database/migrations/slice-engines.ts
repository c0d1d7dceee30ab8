import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // Null of parts that were found before engines were noted, and so of another.
  `ALTER TABLE slice ADD COLUMN engine_hash text`,
  `GRANT UPDATE (engine_hash, queued_at) ON slice TO quarry_worker`,
];

/** Which engine found what a part holds. */
export class SliceEngines1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE slice DROP COLUMN engine_hash');
  }
}
