import type { MigrationInterface, QueryRunner } from 'typeorm';
import { teamOwned } from './team-owned.js';

const statements = [
  `CREATE TABLE webhook (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
     url text NOT NULL,
     events text[] NOT NULL,
     sealed_secret bytea NOT NULL,
     failures integer NOT NULL DEFAULT 0,
     disabled_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (team_id, id)
   )`,
  `CREATE TABLE webhook_delivery (
     id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
     team_id uuid NOT NULL,
     webhook_id uuid NOT NULL,
     run_id uuid,
     event text NOT NULL,
     state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
     attempts integer NOT NULL DEFAULT 0,
     next_at timestamptz NOT NULL DEFAULT now(),
     answer text,
     created_at timestamptz NOT NULL DEFAULT now(),
     FOREIGN KEY (team_id, webhook_id) REFERENCES webhook (team_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'waiting'`,
  `CREATE INDEX webhook_delivery_recent ON webhook_delivery (webhook_id, created_at DESC)`,
  ...teamOwned('webhook', {
    quarry_app: 'SELECT, INSERT, UPDATE (failures, disabled_at), DELETE',
    quarry_worker: 'SELECT (id, team_id, events, disabled_at)',
  }),
  ...teamOwned('webhook_delivery', {
    quarry_app: 'SELECT, INSERT, UPDATE (state, attempts, next_at, answer), DELETE',
    quarry_worker: 'INSERT',
  }),
  `GRANT SELECT (id, team_id, state, next_at) ON webhook_delivery TO quarry_relay`,
  `CREATE POLICY relayed ON webhook_delivery FOR SELECT TO quarry_relay USING (true)`,

  // Whoever ends a run, and however: the delivery is written in the transaction that ends it.
  `CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO webhook_delivery (team_id, webhook_id, run_id, event)
       SELECT team_id, id, NEW.id, 'run.' || NEW.state FROM webhook
       WHERE team_id = NEW.team_id AND disabled_at IS NULL AND ('run.' || NEW.state) = ANY (events);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER run_end_tells_webhooks AFTER UPDATE OF state ON run
     FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL AND NEW.kind <> 'check')
     EXECUTE FUNCTION tell_webhooks()`,
];

/** Addresses that are told how runs end, and what was and is to be told them. */
export class Webhooks1764300200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of statements) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION tell_webhooks CASCADE');
    await queryRunner.query('DROP TABLE webhook_delivery, webhook');
  }
}
