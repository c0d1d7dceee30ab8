import { Component, computed, inject, linkedSignal, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { RetentionPolicy } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { sentence } from '../api/request';
import { TeamApi } from '../api/team-api';
import { SessionStore } from '../store/session-store';
import { dueInWords } from './due-in-words';

interface Rule {
  readonly name: keyof RetentionPolicy;
  readonly label: string;
}

const rules: readonly Rule[] = [
  { name: 'runDays', label: 'Days that a run stays after its end' },
  { name: 'runCount', label: 'Finished runs that stay, the newest' },
  { name: 'logDays', label: 'Days that a run keeps what it logged' },
  { name: 'versionDays', label: 'Days that a replaced dataset version stays' },
  { name: 'versionCount', label: 'Versions of a dataset that stay, the newest' },
];

/** What the team lets go of what it has finished with. Its admins choose, and see before they save what would go. */
@Component({
  selector: 'q-retention',
  imports: [MatButton, MatFormField, MatInput],
  template: `
    <section aria-labelledby="retention-heading">
      <h2 id="retention-heading">Retention</h2>
      <p class="muted">
        An empty field keeps everything. Whatever is set, these stay: what ended within the last day, the ledger of
        trials, the audit log, the last run of a schedule, and each dataset version that new runs read or that a run
        which stays has read.
      </p>
      <table class="data-table" aria-labelledby="retention-heading">
        <thead>
          <tr>
            <th>Rule</th>
            <th class="right">Now</th>
            @if (isAdmin()) {
              <th>New</th>
            }
          </tr>
        </thead>
        @for (rule of rows(); track rule.name) {
          <tr>
            <td>{{ rule.label }}</td>
            <td class="figure right">{{ rule.now ?? 'all' }}</td>
            @if (isAdmin()) {
              <td>
                <mat-form-field>
                  <input
                    matInput
                    type="number"
                    min="1"
                    step="1"
                    [attr.aria-label]="rule.label"
                    [value]="rule.chosen ?? ''"
                    (change)="choose(rule.name, $any($event.target).valueAsNumber)"
                  />
                </mat-form-field>
              </td>
            }
          </tr>
        }
      </table>
      @if (problem()) {
        <p class="problem" role="alert">{{ problem() }}</p>
      }
      @if (isAdmin()) {
        @if (due.hasValue()) {
          <p role="status">{{ words() }}</p>
        }
        <div>
          <button
            matButton="filled"
            type="button"
            [disabled]="change.busy() || !isChanged() || !due.hasValue() || due.isLoading()"
            (click)="save()"
          >
            Save retention
          </button>
        </div>
      }
    </section>
  `,
  styleUrl: './section.scss',
})
export class RetentionPage {
  private readonly api = inject(TeamApi);
  private readonly session = inject(SessionStore).session;
  private readonly retention = resource({ loader: () => this.api.retention() });
  private readonly policy = computed(() => (this.retention.hasValue() ? this.retention.value().policy : undefined));
  private readonly chosen = linkedSignal(() => this.policy());
  protected readonly isAdmin = computed(() => this.session()?.role === 'admin');
  /** What the chosen policy would let go. */
  protected readonly due = resource({
    params: () => (this.isAdmin() ? this.chosen() : undefined),
    loader: ({ params }) => this.api.retentionDue(params),
  });
  protected readonly change = new Attempt();
  protected readonly isChanged = computed(() => this.chosen() !== this.policy());
  protected readonly words = computed(() =>
    this.due.hasValue() ? dueInWords(this.due.value(), this.isChanged()) : '',
  );
  protected readonly problem = computed(() => {
    const error = this.retention.error() ?? this.due.error();
    return error ? sentence(error) : this.change.problem();
  });
  protected readonly rows = computed(() => {
    const [now, chosen] = [this.policy(), this.chosen()];
    return now && chosen ? rules.map((rule) => ({ ...rule, now: now[rule.name], chosen: chosen[rule.name] })) : [];
  });

  protected choose(name: keyof RetentionPolicy, value: number): void {
    this.chosen.update((policy) => policy && { ...policy, [name]: Number.isNaN(value) ? null : value });
  }

  protected async save(): Promise<void> {
    const chosen = this.chosen();
    if (!chosen) return;
    await this.change.at(async () => {
      this.retention.set(await this.api.setRetention(chosen));
    });
  }
}
