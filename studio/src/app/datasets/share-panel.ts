import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Attempt } from '../api/attempt';
import { QuarryApi } from '../api/quarry-api';
import { SessionStore } from '../store/session-store';

/** Which other teams may read a dataset of this one; its admins say so, and take it back. */
@Component({
  selector: 'q-share-panel',
  imports: [MatButton, MatFormField, MatInput],
  template: `
    @if (isAdmin() || rows().length > 0) {
      <h3 id="shared">Shared with</h3>
      <table class="data-table" aria-labelledby="shared">
        @for (share of rows(); track share.teamId) {
          <tr>
            <td>{{ share.team }}</td>
            <td class="muted">since {{ share.sharedAt.slice(0, 10) }}</td>
            @if (isAdmin()) {
              <td class="right">
                <button matButton type="button" [disabled]="change.busy()" (click)="unshare(share.teamId)">
                  Stop sharing
                </button>
              </td>
            }
          </tr>
        } @empty {
          <tr>
            <td class="muted">No other team.</td>
          </tr>
        }
      </table>
      @if (change.problem()) {
        <p class="loss" role="alert">{{ change.problem() }}</p>
      }
      @if (isAdmin()) {
        <form (submit)="share($event, team.value.trim())">
          <mat-form-field>
            <input
              matInput
              #team
              aria-label="Name of the other team"
              placeholder="Name of the other team"
              required
              maxlength="100"
              autocomplete="off"
            />
          </mat-form-field>
          <button matButton="outlined" type="submit" [disabled]="change.busy()">Share to read</button>
        </form>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
    form {
      display: flex;
      gap: 12px;
      align-items: center;
    }
    mat-form-field {
      width: 280px;
    }
    button {
      white-space: nowrap;
    }
  `,
})
export class SharePanel {
  private readonly api = inject(QuarryApi);
  private readonly session = inject(SessionStore).session;
  readonly datasetId = input.required<string>();

  protected readonly isAdmin = computed(() => this.session()?.role === 'admin');
  protected readonly change = new Attempt();
  private readonly shares = resource({
    params: () => this.datasetId(),
    loader: ({ params }) => this.api.datasetShares(params),
  });
  protected readonly rows = computed(() => (this.shares.hasValue() ? this.shares.value() : []));

  protected async share(event: Event, team: string): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (await this.change.at(() => this.api.shareDataset(this.datasetId(), team))) form.reset();
    this.shares.reload();
  }

  protected async unshare(teamId: string): Promise<void> {
    await this.change.at(() => this.api.unshareDataset(this.datasetId(), teamId));
    this.shares.reload();
  }
}
