import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rules } from './rules.js';
import { security } from './security.js';
import { tables } from './tables.js';

/** Tables, their rules, and who may see what: row level security is forced from the first migration on. */
export class FirstVersion1763683200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables);
    await queryRunner.query(rules);
    for (const statement of security) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first version has nothing to go back to: restore a backup instead.');
  }
}
