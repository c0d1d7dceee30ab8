import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AddWebhook, NewWebhook, Webhook, WebhookDelivery } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { Webhooks } from './webhooks.js';

const id = { schema: z.uuid() };

@Controller('api/webhooks')
@AllowedFrom('admin')
@PeopleOnly()
export class WebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  @Get()
  @Describe({ summary: 'Addresses that are told how your team’s runs end', returns: z.array(Webhook) })
  list(@CurrentMember() member: Member): Promise<Webhook[]> {
    return this.webhooks.list(member);
  }

  @Post()
  @Describe({
    summary: 'Add a webhook; the secret by which its deliveries are signed is answered this once',
    status: 201,
    body: AddWebhook,
    returns: NewWebhook,
  })
  add(@CurrentMember() member: Member, @Body({ schema: AddWebhook }) webhook: AddWebhook): Promise<NewWebhook> {
    return this.webhooks.add(member, webhook);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Remove a webhook', status: 204 })
  remove(@CurrentMember() member: Member, @Param('id', id) webhookId: string): Promise<void> {
    return this.webhooks.remove(member, webhookId);
  }

  @Post(':id/test')
  @HttpCode(200)
  @Describe({
    summary: 'Deliver a test now; one that arrives enables the webhook again',
    returns: WebhookDelivery,
  })
  test(@CurrentMember() member: Member, @Param('id', id) webhookId: string): Promise<WebhookDelivery> {
    return this.webhooks.test(member, webhookId);
  }

  @Get(':id/deliveries')
  @Describe({ summary: 'Its last deliveries, newest first', returns: z.array(WebhookDelivery) })
  deliveries(@CurrentMember() member: Member, @Param('id', id) webhookId: string): Promise<WebhookDelivery[]> {
    return this.webhooks.deliveriesTo(member, webhookId);
  }
}
