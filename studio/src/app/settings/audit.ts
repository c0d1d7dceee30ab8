import { Component, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AuditEvent } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';

/** What was done in the team, newest first, and whether the log's chain of hashes holds. */
@Component({
  selector: 'q-audit',
  imports: [MatButton],
  template: `
    <section aria-labelledby="audit-heading">
      <h2 id="audit-heading">Audit log</h2>
      @if (verdict.hasValue() && verdict.value(); as verdict) {
        @if (verdict.brokenAt === null) {
          <p role="status">
            The chain of {{ verdict.events }} events holds. Hash of the last:
            <code class="figure">{{ verdict.head }}</code>
          </p>
        } @else {
          <p class="problem" role="alert">
            Event {{ verdict.brokenAt }} is missing or was changed. The {{ verdict.events }} before it hold.
          </p>
        }
      }
      <table class="data-table" aria-labelledby="audit-heading">
        <thead>
          <tr>
            <th class="right">#</th>
            <th>Time, UTC</th>
            <th>Who</th>
            <th>What</th>
            <th>To what</th>
          </tr>
        </thead>
        @for (event of events(); track event.sequence) {
          <tr>
            <td class="figure right">{{ event.sequence }}</td>
            <td class="figure time">{{ event.at.slice(0, 19).replace('T', ' ') }}</td>
            <td>{{ event.actor }}</td>
            <td>{{ event.action.replaceAll('-', ' ') }}</td>
            <td class="muted">{{ subjectOf(event) }}</td>
          </tr>
        }
      </table>
      @if (attempt.problem()) {
        <p class="problem" role="alert">{{ attempt.problem() }}</p>
      }
      @if ((events().at(-1)?.sequence ?? 1) > 1) {
        <button matButton type="button" [disabled]="attempt.busy()" (click)="more()">Older events</button>
      }
    </section>
  `,
  styleUrl: './section.scss',
})
export class AuditPage {
  private readonly api = inject(PeopleApi);
  protected readonly verdict = resource({ loader: () => this.api.auditVerdict() });
  protected readonly events = signal<readonly AuditEvent[]>([]);
  protected readonly attempt = new Attempt();

  constructor() {
    void this.more();
  }

  protected async more(): Promise<void> {
    await this.attempt.at(async () => {
      const older = await this.api.auditEvents(this.events().at(-1)?.sequence);
      this.events.update((events) => [...events, ...older]);
    });
  }

  protected subjectOf({ subject }: AuditEvent): string {
    return Object.entries(subject)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  }
}
