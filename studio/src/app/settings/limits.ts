import { Component, computed, inject, linkedSignal, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { LimitName, TeamLimits } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { TeamApi } from '../api/team-api';
import { SessionStore } from '../store/session-store';

interface Limit {
  readonly name: LimitName;
  readonly label: string;
  /** Bytes are shown in MiB. */
  readonly unit: number;
}

const mebibyte = 1024 * 1024;
const limits: readonly Limit[] = [
  { name: 'userRequestsPerMinute', label: 'Requests a minute, each member', unit: 1 },
  { name: 'requestsPerMinute', label: 'Requests a minute, the team', unit: 1 },
  { name: 'concurrentSlices', label: 'Slices at once', unit: 1 },
  { name: 'workerSecondsPerDay', label: 'Worker-seconds a day, from 00:00 UTC', unit: 1 },
  { name: 'storageBytes', label: 'Storage, MiB', unit: mebibyte },
];

/** What the team may use and has used. Its admins set limits of its own. */
@Component({
  selector: 'q-limits',
  imports: [MatButton, MatFormField, MatInput],
  template: `
    <section aria-labelledby="limits-heading">
      <h2 id="limits-heading">Limits</h2>
      <p class="muted">
        A limit of the team’s own holds up to what whoever runs Quarry allows. An empty field leaves it at that.
      </p>
      <table class="data-table" aria-labelledby="limits-heading">
        <thead>
          <tr>
            <th>Limit</th>
            <th class="right">Used</th>
            <th class="right">Of</th>
            @if (isAdmin()) {
              <th>The team’s own</th>
            }
          </tr>
        </thead>
        @for (limit of rows(); track limit.name) {
          <tr>
            <td>{{ limit.label }}</td>
            <td class="figure right">{{ limit.used }}</td>
            <td class="figure right">{{ limit.most }}</td>
            @if (isAdmin()) {
              <td>
                <mat-form-field>
                  <input
                    matInput
                    type="number"
                    min="1"
                    step="1"
                    [attr.aria-label]="limit.label"
                    [value]="limit.own ?? ''"
                    (change)="choose(limit.name, $any($event.target).valueAsNumber * limit.unit)"
                  />
                </mat-form-field>
              </td>
            }
          </tr>
        }
      </table>
      @if (change.problem()) {
        <p class="problem" role="alert">{{ change.problem() }}</p>
      }
      @if (isAdmin()) {
        <div>
          <button matButton="filled" type="button" [disabled]="change.busy()" (click)="save()">Save limits</button>
        </div>
      }
    </section>
  `,
  styleUrl: './section.scss',
})
export class LimitsPage {
  private readonly api = inject(TeamApi);
  private readonly session = inject(SessionStore).session;
  private readonly usage = resource({ loader: () => this.api.usage() });
  private readonly loaded = computed(() => (this.usage.hasValue() ? this.usage.value() : null));
  private readonly own = linkedSignal<TeamLimits | null>(() => this.loaded()?.own ?? null);
  protected readonly change = new Attempt();
  protected readonly isAdmin = computed(() => this.session()?.role === 'admin');
  protected readonly rows = computed(() => {
    const usage = this.loaded();
    if (!usage) return [];
    const used: Partial<Record<LimitName, number>> = usage.used;
    const shown = (value: number | null | undefined, unit: number): string | null =>
      value === null || value === undefined
        ? null
        : Math.round(value / unit).toLocaleString('en-US', { useGrouping: false });
    return limits.map(({ name, label, unit }) => ({
      ...{ name, label, unit },
      used: shown(used[name], unit) ?? '–',
      most: shown(usage.limits[name], unit),
      own: shown(this.own()?.[name], unit),
    }));
  });

  protected choose(name: LimitName, value: number): void {
    this.own.update((own) => own && { ...own, [name]: Number.isNaN(value) ? null : Math.round(value) });
  }

  protected async save(): Promise<void> {
    const own = this.own();
    if (!own) return;
    await this.change.at(async () => {
      this.usage.set(await this.api.setLimits(own));
    });
  }
}
