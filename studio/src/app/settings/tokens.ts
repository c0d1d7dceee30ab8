import { Component, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import type { TokenScope } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { ShownOnce } from '../ui/shown-once';

/** Tokens by which programs such as CI act in one's name. */
@Component({
  selector: 'q-tokens',
  imports: [MatButton, MatFormField, MatInput, MatOption, MatSelect, ShownOnce],
  template: `
    <section aria-labelledby="make-heading">
      <h2 id="make-heading">New API token</h2>
      <p class="muted">
        A program sends it as <code class="figure">Authorization: Bearer …</code>. It acts in your name, in this team,
        and never changes people or rights.
      </p>
      <form (submit)="make($event, name.value.trim(), days.valueAsNumber)">
        <div class="field">
          <label for="name">Name</label>
          <mat-form-field
            ><input matInput #name id="name" required maxlength="100" autocomplete="off"
          /></mat-form-field>
        </div>
        <div class="field">
          <span class="label" id="scope">May</span>
          <mat-form-field>
            <mat-select [panelWidth]="null" aria-labelledby="scope" [value]="scope()" (valueChange)="scope.set($event)">
              <mat-option value="read">read</mat-option>
              <mat-option value="work">read, save, upload and run</mat-option>
            </mat-select>
          </mat-form-field>
        </div>
        <div class="field">
          <label for="days">Days it lasts</label>
          <mat-form-field>
            <input matInput #days id="days" type="number" min="1" max="365" step="1" value="90" required />
          </mat-form-field>
        </div>
        <button matButton="filled" type="submit" [disabled]="change.busy()">Make token</button>
      </form>
      @if (change.problem()) {
        <p class="problem" role="alert">{{ change.problem() }}</p>
      }
      @if (made(); as token) {
        <q-shown-once label="Token" [secret]="token" />
      }
    </section>

    @if (tokens.hasValue() && tokens.value().length > 0) {
      <section aria-labelledby="tokens-heading">
        <h2 id="tokens-heading">API tokens</h2>
        <table class="data-table" aria-labelledby="tokens-heading">
          <thead>
            <tr>
              <th>Name</th>
              <th>Token</th>
              <th>May</th>
              <th>Of</th>
              <th>Until</th>
              <th>Last used</th>
              <th></th>
            </tr>
          </thead>
          @for (token of tokens.value(); track token.id) {
            <tr>
              <td>{{ token.name }}</td>
              <td class="figure">{{ token.hint }}</td>
              <td>{{ token.scope }}</td>
              <td class="muted">{{ token.owner }}</td>
              <td class="figure">{{ token.expiresAt.slice(0, 10) }}</td>
              <td class="figure">{{ token.usedAt?.slice(0, 10) ?? 'never' }}</td>
              <td class="acts"><button matButton type="button" (click)="revoke(token.id)">Revoke</button></td>
            </tr>
          }
        </table>
      </section>
    }
  `,
  styleUrl: './section.scss',
})
export class TokensPage {
  private readonly api = inject(PeopleApi);
  protected readonly tokens = resource({ loader: () => this.api.tokens() });
  protected readonly change = new Attempt();
  protected readonly scope = signal<TokenScope>('read');
  protected readonly made = signal('');

  protected async make(event: Event, name: string, days: number): Promise<void> {
    event.preventDefault();
    await this.change.at(async () => {
      this.made.set((await this.api.makeToken({ name, scope: this.scope(), days })).token);
    });
    this.tokens.reload();
  }

  protected async revoke(id: string): Promise<void> {
    await this.change.at(() => this.api.revokeToken(id));
    this.tokens.reload();
  }
}
