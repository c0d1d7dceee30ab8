import { randomUUID } from 'node:crypto';
import type { AddWebhook, NewWebhook, Webhook, WebhookDelivery } from '@quarry/contracts';
import type { Database, TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { Envelope } from '../keys/envelope.js';
import type { SealedColumn } from '../keys/renew-sealed.js';
import { freshToken } from '../sessions/token.js';
import { secretContext, type Deliveries } from './deliveries.js';

const most = 10;

export const sealedWebhooks: SealedColumn = { table: 'webhook', column: 'sealed_secret', contextOf: secretContext };

/** Addresses of a team that are told how its runs end. */
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly envelope: Envelope,
    private readonly deliveries: Deliveries,
  ) {}

  list({ session: { team } }: Member): Promise<Webhook[]> {
    return this.database.inTeam(team.id, (scope) => webhooksOf(scope, null));
  }

  add({ session: { team }, actor }: Member, { url, events }: AddWebhook): Promise<NewWebhook> {
    return this.database.inTeam(team.id, async (scope) => {
      if ((await webhooksOf(scope, null)).length >= most) {
        throw new DomainError(
          'bad-request',
          `Your team has ${most} webhooks, the most there may be. Remove one first.`,
        );
      }
      const id = randomUUID();
      const secret = freshToken();
      await scope.rows('INSERT INTO webhook (id, team_id, url, events, sealed_secret) VALUES ($1, $2, $3, $4, $5)', [
        id,
        team.id,
        url,
        events,
        this.envelope.seal(Buffer.from(secret), secretContext(id)),
      ]);
      await audit(scope, actor, 'webhook-added', { id, host: new URL(url).host });
      return { secret, made: await webhookOf(scope, id) };
    });
  }

  async remove({ session: { team }, actor }: Member, id: string): Promise<void> {
    await this.database.inTeam(team.id, async (scope) => {
      const { url } = await webhookOf(scope, id);
      await scope.rows('DELETE FROM webhook WHERE id = $1', [id]);
      await audit(scope, actor, 'webhook-removed', { id, host: new URL(url).host });
    });
  }

  /** Delivers a test at once; where it arrives, a webhook that had been disabled is told of runs again. */
  async test({ session: { team }, actor }: Member, id: string): Promise<WebhookDelivery> {
    const deliveryId = randomUUID();
    await this.database.inTeam(team.id, async (scope) => {
      await webhookOf(scope, id);
      // Not due for anybody else, and tried this once only.
      await scope.rows(
        `INSERT INTO webhook_delivery (id, team_id, webhook_id, event, next_at) VALUES ($1, $2, $3, 'test', 'infinity')`,
        [deliveryId, team.id, id],
      );
      await audit(scope, actor, 'webhook-tested', { id });
    });
    await this.deliveries.deliver({ id: deliveryId, team_id: team.id });
    const [delivery] = await this.database.inTeam(team.id, (scope) => deliveriesOf(scope, id, deliveryId));
    if (!delivery) throw notFound('webhook', id);
    return delivery;
  }

  deliveriesTo({ session: { team } }: Member, id: string): Promise<WebhookDelivery[]> {
    return this.database.inTeam(team.id, async (scope) => {
      await webhookOf(scope, id);
      return deliveriesOf(scope, id, null);
    });
  }
}

async function webhookOf(scope: TeamScope, id: string): Promise<Webhook> {
  const [webhook] = await webhooksOf(scope, id);
  if (!webhook) throw notFound('webhook', id);
  return webhook;
}

async function webhooksOf(scope: TeamScope, id: string | null): Promise<Webhook[]> {
  const rows = await scope.rows<
    Pick<Webhook, 'id' | 'url' | 'events' | 'failures'> & { created_at: Date; disabled_at: Date | null }
  >(
    `SELECT id, url, events, failures, created_at, disabled_at FROM webhook WHERE $1::uuid IS NULL OR id = $1
     ORDER BY created_at`,
    [id],
  );
  return rows.map(({ created_at, disabled_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    disabledAt: disabled_at?.toISOString() ?? null,
  }));
}

async function deliveriesOf(scope: TeamScope, webhookId: string, id: string | null): Promise<WebhookDelivery[]> {
  const rows = await scope.rows<
    Pick<WebhookDelivery, 'id' | 'event' | 'state' | 'attempts' | 'answer'> & {
      run_id: string | null;
      created_at: Date;
      next_at: Date | null;
    }
  >(
    `SELECT id, event, state, attempts, answer, run_id, created_at,
       CASE WHEN state = 'waiting' AND next_at < 'infinity' THEN next_at END AS next_at
     FROM webhook_delivery WHERE webhook_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY created_at DESC LIMIT 100`,
    [webhookId, id],
  );
  return rows.map(({ run_id, created_at, next_at, ...row }) => ({
    ...row,
    runId: run_id,
    createdAt: created_at.toISOString(),
    nextAt: next_at?.toISOString() ?? null,
  }));
}
