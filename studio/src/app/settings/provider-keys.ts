import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Attempt } from '../api/attempt';
import { TeamApi } from '../api/team-api';
import { SessionStore } from '../store/session-store';

/** The team's keys of data vendors: added by admins, shown as hints. */
@Component({
  selector: 'q-provider-keys',
  imports: [MatButton, MatFormField, MatInput],
  template: `
    @if (isAdmin()) {
      <section aria-labelledby="add-heading">
        <h2 id="add-heading">New provider key</h2>
        <p class="muted">Kept sealed and never shown again. Each use of it stands in the audit log.</p>
        <form #form (submit)="add($event, form, provider.value.trim(), name.value.trim(), key.value.trim())">
          <div class="field">
            <label for="provider">Provider</label>
            <mat-form-field>
              <input
                matInput
                #provider
                id="provider"
                required
                maxlength="40"
                pattern="[a-z][a-z0-9\\-]*"
                placeholder="polygon"
                autocomplete="off"
              />
            </mat-form-field>
          </div>
          <div class="field">
            <label for="name">Name</label>
            <mat-form-field>
              <input matInput #name id="name" required maxlength="100" autocomplete="off" />
            </mat-form-field>
          </div>
          <div class="field">
            <label for="key">Key</label>
            <mat-form-field>
              <input matInput #key id="key" type="password" required minlength="12" autocomplete="off" />
            </mat-form-field>
          </div>
          <button matButton="filled" type="submit" [disabled]="change.busy()">Add key</button>
        </form>
        @if (change.problem()) {
          <p class="problem" role="alert">{{ change.problem() }}</p>
        }
      </section>
    }
    <section aria-labelledby="keys-heading">
      <h2 id="keys-heading">Provider keys</h2>
      @if (keys.hasValue() && keys.value().length > 0) {
        <table class="data-table" aria-labelledby="keys-heading">
          <thead>
            <tr>
              <th>Name</th>
              <th>Provider</th>
              <th>Key</th>
              <th>Since</th>
              <th>Last used</th>
              <th></th>
            </tr>
          </thead>
          @for (one of keys.value(); track one.id) {
            <tr>
              <td>{{ one.name }}</td>
              <td>{{ one.provider }}</td>
              <td class="figure">{{ one.hint }}</td>
              <td class="figure">{{ one.createdAt.slice(0, 10) }}</td>
              <td class="figure">{{ one.usedAt?.slice(0, 10) ?? 'never' }}</td>
              <td class="acts">
                @if (isAdmin()) {
                  <button matButton type="button" (click)="remove(one.id)">Remove</button>
                }
              </td>
            </tr>
          }
        </table>
      } @else {
        <p class="muted">None yet.</p>
      }
    </section>
  `,
  styleUrl: './section.scss',
})
export class ProviderKeysPage {
  private readonly api = inject(TeamApi);
  private readonly session = inject(SessionStore).session;
  protected readonly isAdmin = computed(() => this.session()?.role === 'admin');
  protected readonly keys = resource({ loader: () => this.api.providerKeys() });
  protected readonly change = new Attempt();

  protected async add(event: Event, form: HTMLFormElement, provider: string, name: string, key: string): Promise<void> {
    event.preventDefault();
    await this.change.at(async () => {
      await this.api.addProviderKey({ provider, name, key });
      form.reset();
    });
    this.keys.reload();
  }

  protected async remove(id: string): Promise<void> {
    await this.change.at(() => this.api.removeProviderKey(id));
    this.keys.reload();
  }
}
