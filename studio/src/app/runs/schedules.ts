import { Component, computed, inject, input, output, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { kindWords, type Run, type Schedule } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { ScheduleApi } from '../api/schedule-api';

/** Runs that are made again and again, and the form that makes one of a run. */
@Component({
  selector: 'q-schedules',
  imports: [MatButton, MatFormField, MatInput],
  templateUrl: './schedules.html',
  styleUrls: ['../settings/section.scss', './schedules.scss'],
})
export class Schedules {
  private readonly api = inject(ScheduleApi);
  /** The run to be repeated; null while none was chosen. */
  readonly run = input.required<Run | null>();
  readonly done = output();

  protected readonly change = new Attempt();
  protected readonly here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  protected readonly schedules = resource({ loader: () => this.api.schedules() });
  protected readonly rows = computed(() =>
    (this.schedules.hasValue() ? this.schedules.value() : []).map((schedule) => ({
      schedule,
      kind: kindWords[schedule.kind],
      next: schedule.nextAt === null ? 'paused' : moment(schedule.nextAt),
      last: lastWords(schedule),
    })),
  );
  protected readonly title = computed(() => {
    const run = this.run();
    return run && `Repeat: ${kindWords[run.kind]} of ${run.strategyName} on ${run.datasetName}`;
  });

  protected async add(event: Event, runId: string, cron: string, timeZone: string): Promise<void> {
    event.preventDefault();
    await this.change.at(async () => {
      await this.api.add({ runId, cron, timeZone });
      this.done.emit();
    });
    this.schedules.reload();
  }

  protected async enable({ id, enabled }: Schedule): Promise<void> {
    await this.change.at(() => this.api.enable(id, !enabled));
    this.schedules.reload();
  }

  protected async remove({ id }: Schedule): Promise<void> {
    await this.change.at(() => this.api.remove(id));
    this.schedules.reload();
  }
}

function moment(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

function lastWords({ lastAt, lastProblem, passedOver }: Schedule): string {
  if (lastAt === null) return 'not yet';
  const left = passedOver > 0 ? `; ${passedOver} missed in all` : '';
  return `${moment(lastAt)}${lastProblem === null ? '' : `: no run. ${lastProblem}`}${left}`;
}
