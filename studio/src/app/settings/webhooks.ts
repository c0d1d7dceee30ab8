import { Component, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { webhookEvents, type WebhookEvent } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { TeamApi } from '../api/team-api';
import { ShownOnce } from '../ui/shown-once';

/** Addresses that are told how the team's runs end, and what they were told. */
@Component({
  selector: 'q-webhooks',
  imports: [MatButton, MatFormField, MatInput, MatOption, MatSelect, ShownOnce],
  template: `
    <section aria-labelledby="add-heading">
      <h2 id="add-heading">New webhook</h2>
      <p class="muted">
        Told by a POST whose header <code class="figure">quarry-signature</code> is
        <code class="figure">t=…,v1=…</code>: the HMAC-SHA256, under the secret, of t, a full stop and the body.
      </p>
      <form (submit)="add($event, url.value.trim())">
        <div class="field">
          <label for="url">Address</label>
          <mat-form-field>
            <input matInput #url id="url" type="url" required maxlength="2000" placeholder="https://" />
          </mat-form-field>
        </div>
        <div class="field">
          <span class="label" id="events">Told of</span>
          <mat-form-field>
            <mat-select
              multiple
              [panelWidth]="null"
              aria-labelledby="events"
              [value]="events()"
              (valueChange)="events.set($event)"
            >
              @for (event of allEvents; track event) {
                <mat-option [value]="event">{{ event.replace('run.', 'runs that have ') }}</mat-option>
              }
            </mat-select>
          </mat-form-field>
        </div>
        <button matButton="filled" type="submit" [disabled]="change.busy() || events().length === 0">
          Add webhook
        </button>
      </form>
      @if (change.problem()) {
        <p class="problem" role="alert">{{ change.problem() }}</p>
      }
      @if (secret(); as once) {
        <q-shown-once label="Secret" [secret]="once" />
      }
    </section>

    @if (webhooks.hasValue() && webhooks.value().length > 0) {
      <section aria-labelledby="webhooks-heading">
        <h2 id="webhooks-heading">Webhooks</h2>
        <table class="data-table" aria-labelledby="webhooks-heading">
          <thead>
            <tr>
              <th>Address</th>
              <th>Told of</th>
              <th>State</th>
              <th></th>
            </tr>
          </thead>
          @for (webhook of webhooks.value(); track webhook.id) {
            <tr>
              <td>{{ webhook.url }}</td>
              <td class="muted">{{ webhook.events.join(', ') }}</td>
              <td>{{ webhook.disabledAt === null ? 'on' : 'disabled: too many failures' }}</td>
              <td class="acts">
                <button matButton type="button" [disabled]="change.busy()" (click)="test(webhook.id)">Test</button>
                <button matButton type="button" (click)="shown.set(webhook.id)">Deliveries</button>
                <button matButton type="button" (click)="remove(webhook.id)">Remove</button>
              </td>
            </tr>
          }
        </table>
      </section>
    }

    @if (deliveries.hasValue() && deliveries.value(); as list) {
      <section aria-labelledby="deliveries-heading">
        <h2 id="deliveries-heading">Deliveries</h2>
        <table class="data-table" aria-labelledby="deliveries-heading">
          <thead>
            <tr>
              <th>Time, UTC</th>
              <th>Event</th>
              <th>State</th>
              <th class="right">Tries</th>
              <th>Answer</th>
            </tr>
          </thead>
          @for (delivery of list; track delivery.id) {
            <tr>
              <td class="figure time">{{ delivery.createdAt.slice(0, 19).replace('T', ' ') }}</td>
              <td>{{ delivery.event }}</td>
              <td>{{ delivery.state.replace('-', ' ') }}</td>
              <td class="figure right">{{ delivery.attempts }}</td>
              <td class="muted">{{ delivery.answer }}</td>
            </tr>
          } @empty {
            <tr>
              <td colspan="5" class="muted">None yet.</td>
            </tr>
          }
        </table>
      </section>
    }
  `,
  styleUrl: './section.scss',
})
export class WebhooksPage {
  private readonly api = inject(TeamApi);
  protected readonly allEvents = webhookEvents;
  protected readonly webhooks = resource({ loader: () => this.api.webhooks() });
  protected readonly shown = signal<string | undefined>(undefined);
  protected readonly deliveries = resource({
    params: () => this.shown(),
    loader: ({ params }) => this.api.deliveries(params),
  });
  protected readonly change = new Attempt();
  protected readonly events = signal<WebhookEvent[]>(['run.succeeded', 'run.failed']);
  protected readonly secret = signal('');

  protected async add(event: Event, url: string): Promise<void> {
    event.preventDefault();
    await this.change.at(async () => {
      this.secret.set((await this.api.addWebhook({ url, events: this.events() })).secret);
    });
    this.webhooks.reload();
  }

  protected async test(id: string): Promise<void> {
    await this.change.at(() => this.api.testWebhook(id));
    this.shown.set(id);
    this.deliveries.reload();
    this.webhooks.reload();
  }

  protected async remove(id: string): Promise<void> {
    await this.change.at(() => this.api.removeWebhook(id));
    this.shown.set(undefined);
    this.webhooks.reload();
  }
}
