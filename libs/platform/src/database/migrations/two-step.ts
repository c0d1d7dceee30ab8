import type { MigrationInterface, QueryRunner } from 'typeorm';
import { administered } from './accounts.js';
import { underRowSecurity } from './team-owned.js';

const statements = [
  `ALTER TABLE credential
     ADD COLUMN totp_secret bytea,
     ADD COLUMN totp_confirmed boolean NOT NULL DEFAULT false,
     ADD COLUMN totp_last_step bigint NOT NULL DEFAULT 0`,
  `CREATE TABLE recovery_code (
     user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
     code_hash bytea NOT NULL,
     PRIMARY KEY (user_id, code_hash)
   )`,
  ...underRowSecurity('recovery_code'),
  administered('recovery_code'),
  `GRANT SELECT, INSERT, DELETE ON recovery_code TO quarry_app`,
  `CREATE POLICY own_codes ON recovery_code TO quarry_app USING (user_id = asking_user())`,
];

/** Two-step sign-in: the shared secret of a user's authenticator, and codes for when it is lost. */
export class TwoStep1764100400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE recovery_code');
    await queryRunner.query(
      'ALTER TABLE credential DROP COLUMN totp_secret, DROP COLUMN totp_confirmed, DROP COLUMN totp_last_step',
    );
  }
}
