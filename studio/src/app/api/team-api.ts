import { Injectable } from '@angular/core';
import {
  NewWebhook,
  ProviderKey,
  RetentionDue,
  TeamRetention,
  TeamUsage,
  Webhook,
  WebhookDelivery,
} from '@quarry/contracts';
import type { AddProviderKey, AddWebhook, RetentionPolicy, TeamLimits } from '@quarry/contracts';
import { get, list, request, send } from './request';

/** Quarry's HTTP interface as far as it is about what a team may use and what it keeps for its programs. */
@Injectable({ providedIn: 'root' })
export class TeamApi {
  usage(): Promise<TeamUsage> {
    return get('/api/team/limits', TeamUsage);
  }

  setLimits(limits: TeamLimits): Promise<TeamUsage> {
    return send('PUT', '/api/team/limits', limits, TeamUsage);
  }

  retention(): Promise<TeamRetention> {
    return get('/api/team/retention', TeamRetention);
  }

  /** What a policy would let go now. */
  retentionDue(policy: RetentionPolicy): Promise<RetentionDue> {
    return send('POST', '/api/team/retention/preview', policy, RetentionDue);
  }

  setRetention(policy: RetentionPolicy): Promise<TeamRetention> {
    return send('PUT', '/api/team/retention', policy, TeamRetention);
  }

  providerKeys(): Promise<ProviderKey[]> {
    return list('/api/provider-keys', ProviderKey);
  }

  addProviderKey(key: AddProviderKey): Promise<ProviderKey> {
    return send('POST', '/api/provider-keys', key, ProviderKey);
  }

  async removeProviderKey(id: string): Promise<void> {
    await request('DELETE', `/api/provider-keys/${id}`);
  }

  webhooks(): Promise<Webhook[]> {
    return list('/api/webhooks', Webhook);
  }

  addWebhook(webhook: AddWebhook): Promise<NewWebhook> {
    return send('POST', '/api/webhooks', webhook, NewWebhook);
  }

  testWebhook(id: string): Promise<WebhookDelivery> {
    return send('POST', `/api/webhooks/${id}/test`, undefined, WebhookDelivery);
  }

  async removeWebhook(id: string): Promise<void> {
    await request('DELETE', `/api/webhooks/${id}`);
  }

  deliveries(id: string): Promise<WebhookDelivery[]> {
    return list(`/api/webhooks/${id}/deliveries`, WebhookDelivery);
  }
}
