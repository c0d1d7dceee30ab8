import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets of webhooks are sealed anew when the master key is rotated. */
export class WebhookRenewal1764300300000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('GRANT UPDATE (sealed_secret) ON webhook TO quarry_app');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('REVOKE UPDATE (sealed_secret) ON webhook FROM quarry_app');
  }
}
