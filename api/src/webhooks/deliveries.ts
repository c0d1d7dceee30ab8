import type { WebhookBody } from '@quarry/contracts';
import type { Database, TeamScope } from '@quarry/platform/database';
import type { Envelope } from '../keys/envelope.js';
import { Rounds } from '../rounds.js';
import { postSigned } from './post-signed.js';

const everyMs = 2_000;
const atOnce = 20;
/** Slow receivers of one team leave room for those of others. */
const atOnceOfTeam = 3;
/** A delivery that whoever took it does not finish within this is taken by another. */
const leaseSeconds = 60;
/** The pause after the first miss, which each further one makes four times as long: the last try is most of a day later. */
const firstPauseSeconds = 5;
const mostAttempts = 8;
/** Deliveries in a row that were given up disable a webhook. */
const failuresToDisable = 5;
const keptDays = 30;

interface Due {
  readonly id: string;
  readonly team_id: string;
}

interface Taken {
  readonly webhook_id: string;
  readonly event: string;
  readonly attempts: number;
  readonly created_at: Date;
  readonly url: string;
  readonly sealed_secret: Buffer;
  readonly run: WebhookBody['run'];
}

interface Options {
  readonly mayBePrivate: boolean;
  readonly onError: (error: unknown) => void;
}

export function secretContext(webhookId: string): string {
  return `webhook ${webhookId}`;
}

/**
 * Delivers what waits, at least once each, by any number of instances of the API. What is not answered with 2xx is tried
 * again, ever later, and given up in the end.
 */
export class Deliveries {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: Database,
    private readonly envelope: Envelope,
    private readonly options: Options,
  ) {
    this.rounds = new Rounds(everyMs, () => this.deliverDue(), options.onError);
  }

  close(): Promise<void> {
    return this.rounds.close();
  }

  /** One round over what is due. */
  async deliverDue(): Promise<void> {
    const due = await this.database.asRelay((rows) =>
      rows<Due>(
        `SELECT id, team_id FROM (
           SELECT id, team_id, next_at, row_number() OVER (PARTITION BY team_id ORDER BY next_at) AS nth
           FROM webhook_delivery WHERE state = 'waiting' AND next_at <= now()) AS due
         WHERE nth <= $2 ORDER BY next_at LIMIT $1`,
        [atOnce, atOnceOfTeam],
      ),
    );
    await Promise.all(due.map((one) => this.deliver(one)));
  }

  /** Tries one delivery, if nobody else does. */
  async deliver({ id, team_id: teamId }: Due): Promise<void> {
    const taken = await this.database.inTeam(teamId, (scope) => take(scope, id));
    if (!taken) return;
    const body: WebhookBody = { id, event: taken.event, at: taken.created_at.toISOString(), run: taken.run };
    let answer: string;
    let isDelivered = false;
    try {
      const status = await postSigned({
        url: taken.url,
        body: JSON.stringify(body),
        secret: this.envelope.open(taken.sealed_secret, secretContext(taken.webhook_id)).toString(),
        headers: { 'quarry-delivery': id, 'quarry-event': taken.event },
        mayBePrivate: this.options.mayBePrivate,
      });
      isDelivered = status >= 200 && status < 300;
      answer = String(status);
    } catch (error) {
      answer = error instanceof Error ? error.message : String(error);
    }
    await this.database.inTeam(teamId, (scope) => note(scope, id, taken, { isDelivered, answer }));
  }
}

/** Counts the try before it is made: a process that dies of it must not try for ever. */
async function take(scope: TeamScope, id: string): Promise<Taken | null> {
  const [taken] = await scope.rows<Taken>(
    `WITH taken AS (
       UPDATE webhook_delivery SET attempts = attempts + 1, next_at = now() + $2 * interval '1 second'
       WHERE id = $1 AND state = 'waiting' AND (next_at <= now() OR next_at = 'infinity')
       RETURNING webhook_id, run_id, event, attempts, created_at)
     SELECT webhook_id, event, attempts, taken.created_at, url, sealed_secret,
       CASE WHEN run.id IS NOT NULL THEN json_build_object('id', run.id, 'kind', run.kind, 'state', run.state,
         'failure', run.failure ->> 'code') END AS run
     FROM taken JOIN webhook ON webhook.id = webhook_id LEFT JOIN run ON run.id = run_id`,
    [id, leaseSeconds],
  );
  return taken ?? null;
}

async function note(
  scope: TeamScope,
  id: string,
  { webhook_id, event, attempts }: Taken,
  { isDelivered, answer }: { readonly isDelivered: boolean; readonly answer: string },
): Promise<void> {
  const isLast = event === 'test' || attempts >= mostAttempts;
  const state = isDelivered ? 'delivered' : isLast ? 'given-up' : 'waiting';
  await scope.rows(
    `UPDATE webhook_delivery SET state = $2, answer = $3, next_at = now() + $4 * interval '1 second' WHERE id = $1`,
    [id, state, answer.slice(0, 300), firstPauseSeconds * 4 ** (attempts - 1)],
  );
  if (isDelivered) {
    await scope.rows('UPDATE webhook SET failures = 0, disabled_at = NULL WHERE id = $1', [webhook_id]);
  } else if (isLast && event !== 'test') {
    await scope.rows(
      `UPDATE webhook SET failures = failures + 1,
         disabled_at = CASE WHEN failures + 1 >= $2 THEN coalesce(disabled_at, now()) END WHERE id = $1`,
      [webhook_id, failuresToDisable],
    );
  }
  await scope.rows(
    `DELETE FROM webhook_delivery WHERE webhook_id = $1 AND state <> 'waiting' AND created_at < now() - $2 * interval '1 day'`,
    [webhook_id, keptDays],
  );
}
