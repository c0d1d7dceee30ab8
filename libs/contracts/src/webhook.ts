import * as z from 'zod';
import { RunKind, RunState } from './run.js';

/** What a team may be told of: how its backtests and other runs end. */
export const webhookEvents = ['run.succeeded', 'run.failed', 'run.cancelled'] as const;
export const WebhookEvent = z.enum(webhookEvents);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const AddWebhook = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  events: z.array(WebhookEvent).min(1).max(webhookEvents.length),
});
export type AddWebhook = z.infer<typeof AddWebhook>;

export const Webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(WebhookEvent),
  createdAt: z.iso.datetime(),
  /** Deliveries in a row that were given up; so many disable it. */
  failures: z.int(),
  disabledAt: z.iso.datetime().nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

/** The one answer that holds the secret by which deliveries are signed. */
export const NewWebhook = z.object({ secret: z.string(), made: Webhook });
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookDelivery = z.object({
  id: z.uuid(),
  event: z.string(),
  runId: z.uuid().nullable(),
  state: z.enum(['waiting', 'delivered', 'given-up']),
  attempts: z.int(),
  /** HTTP's status of the last answer, or why there was none. */
  answer: z.string().nullable(),
  createdAt: z.iso.datetime(),
  nextAt: z.iso.datetime().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/**
 * What is posted to a webhook. The header `quarry-signature` is `t=<seconds>,v1=<hex>`: HMAC-SHA256, under the webhook's
 * secret, of the seconds since the epoch, a full stop and the body as it came.
 */
export const WebhookBody = z.object({
  id: z.uuid(),
  event: z.string(),
  at: z.iso.datetime(),
  run: z.object({ id: z.uuid(), kind: RunKind, state: RunState, failure: z.string().nullable() }).nullable(),
});
export type WebhookBody = z.infer<typeof WebhookBody>;
