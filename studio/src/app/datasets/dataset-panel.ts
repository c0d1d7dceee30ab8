import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { fixed } from '@quarry/contracts';
import type { Dataset, DatasetVersion, IngestAgain } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { QuarryApi } from '../api/quarry-api';
import { QualityReport } from '../workbench/quality-report';
import { ProposalPanel } from './proposal-panel';
import { SharePanel } from './share-panel';

/** One dataset: what is proposed for it, what it holds, the versions it has had, and its end. */
@Component({
  selector: 'q-dataset-panel',
  imports: [MatButton, ProposalPanel, QualityReport, SharePanel],
  template: `
    <h2>{{ dataset().name }}</h2>
    @if (dataset().lentBy; as team) {
      <p class="muted">{{ team }} shares it with your team: to read, query and run on, not to change.</p>
    }
    @if (dataset().proposal; as proposal) {
      <q-proposal-panel
        [info]="proposal"
        [runId]="dataset().ingestRunId"
        [busy]="busy()"
        (accepted)="accept(proposal.version)"
        (dismissed)="remove(proposal.version)"
        (correct)="correct.emit($event)"
      />
    } @else if (dataset().info; as info) {
      <section aria-label="Quality report"><q-quality-report [info]="info" /></section>
    }
    @if (change.problem()) {
      <p class="loss" role="alert">{{ change.problem() }}</p>
    }
    @if (rows().length > 0) {
      <section aria-labelledby="versions">
        <h3 id="versions">Versions</h3>
        <table class="data-table" aria-labelledby="versions">
          <thead>
            <tr>
              <th>Version</th>
              <th>From</th>
              <th class="right">Rows</th>
              <th class="right">Runs</th>
              <th>Since</th>
              <th>State</th>
              <th></th>
            </tr>
          </thead>
          @for (version of rows(); track version.hash) {
            <tr>
              <td class="figure">{{ version.hash.slice(0, 10) }}</td>
              <td>{{ version.from }}</td>
              <td class="figure right">{{ version.rows }}</td>
              <td class="figure right">{{ version.runs }}</td>
              <td class="figure">{{ version.since }}</td>
              <td>{{ version.state }}</td>
              <td class="right">
                @if (isOwn() && version.state === 'accepted') {
                  <button matButton type="button" [disabled]="change.busy()" (click)="accept(version.hash)">
                    Go back to it
                  </button>
                }
                @if (isOwn() && (version.state === 'accepted' || version.state === 'in use')) {
                  <button matButton type="button" [disabled]="change.busy()" (click)="remove(version.hash)">
                    Delete
                  </button>
                }
              </td>
            </tr>
          }
        </table>
      </section>
    }
    @if (isOwn()) {
      <q-share-panel [datasetId]="dataset().id" />
      <div class="acts">
        <label class="new"
          >New version from a file
          <input #chosen type="file" (change)="bring.emit(chosen.files); chosen.value = ''" />
        </label>
        @if (asked()) {
          <span>{{ consequence() }}</span>
          <button matButton="filled" type="button" (click)="deleted.emit()">Delete {{ dataset().name }}</button>
          <button matButton type="button" (click)="asked.set(false)">Keep it</button>
        } @else {
          <button matButton type="button" (click)="asked.set(true)">Delete the dataset…</button>
        }
      </div>
    }
  `,
  styles: `
    :host,
    section {
      display: grid;
      gap: 16px;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
      align-items: center;
    }
    .new {
      display: grid;
      gap: 4px;
      color: var(--muted);
    }
  `,
})
export class DatasetPanel {
  private readonly api = inject(QuarryApi);
  readonly dataset = input.required<Dataset>();
  readonly busy = input(false);
  readonly changed = output();
  readonly correct = output<IngestAgain['options']>();
  readonly bring = output<FileList | null>();
  readonly deleted = output();

  protected readonly isOwn = computed(() => this.dataset().lentBy === null);
  protected readonly asked = signal(false);
  protected readonly change = new Attempt();
  private readonly versions = resource({
    params: () => this.dataset(),
    loader: ({ params }) => this.api.datasetVersions(params.id),
  });
  protected readonly rows = computed(() => {
    const versions = this.versions.hasValue() ? this.versions.value() : [];
    return versions.map((version) => ({
      hash: version.hash,
      from: version.origin?.from ?? '',
      rows: fixed(version.rows, 0),
      runs: fixed(version.runs, 0),
      since: (version.acceptedAt ?? version.createdAt).slice(0, 16).replace('T', ' '),
      state: stateOf(version, this.dataset()),
    }));
  });
  protected readonly consequence = computed(() => {
    const runs = this.versions.hasValue() ? this.versions.value().reduce((sum, version) => sum + version.runs, 0) : 0;
    return `${runs === 0 ? 'No run has' : runs === 1 ? '1 run has' : `${runs} runs have`} used it. Reports stay; no new run can read it.`;
  });

  protected async accept(hash: string): Promise<void> {
    await this.change.at(() => this.api.acceptVersion(this.dataset().id, hash));
    this.changed.emit();
  }

  protected async remove(hash: string): Promise<void> {
    await this.change.at(() => this.api.deleteVersion(this.dataset().id, hash));
    this.changed.emit();
  }
}

function stateOf({ hash, acceptedAt, deletedAt }: DatasetVersion, { info }: Dataset): string {
  if (deletedAt !== null) return 'deleted';
  if (acceptedAt === null) return 'proposed';
  return info?.version === hash ? 'in use' : 'accepted';
}
