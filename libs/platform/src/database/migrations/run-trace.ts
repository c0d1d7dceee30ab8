import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run keeps the trace (W3C traceparent) of the request that queued it. */
export class RunTrace1764400400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE run ADD COLUMN trace text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE run DROP COLUMN trace');
  }
}
