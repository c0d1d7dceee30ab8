import type { MigrationInterface, QueryRunner } from 'typeorm';

const kinds = [
  ...['backtest', 'sweep', 'walk-forward', 'cross-validate', 'monte-carlo', 'prove'],
  ...['check', 'notebook', 'query', 'ingest'],
];

const statements = [
  `ALTER TABLE run DROP CONSTRAINT run_kind_check`,
  `ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`,

  `ALTER TABLE run ADD COLUMN deadline timestamptz`,
  `CREATE INDEX run_deadline ON run (deadline) WHERE deadline IS NOT NULL AND finished_at IS NULL`,
  // A run that is tried again has all the time it needs.
  `GRANT UPDATE (deadline) ON run TO quarry_app`,
  // Which have a deadline and have not ended, whosever they are.
  `GRANT SELECT (deadline) ON run TO quarry_relay`,
  `CREATE POLICY with_deadline ON run FOR SELECT TO quarry_relay USING (deadline IS NOT NULL AND finished_at IS NULL)`,
];

/** Runs that are to end by a time, and cross-validations. */
export class Deadlines1764400300000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Deadlines are not taken back: restore a backup instead.');
  }
}
