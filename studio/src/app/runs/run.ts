import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { kindWords, outcomeInWords } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { QuarryApi } from '../api/quarry-api';
import { Downloads } from '../report/downloads';
import { FailureCard } from '../report/failure-card';
import { RunWatch } from '../store/run-watch';
import { MonteCarloProgress } from './monte-carlo-progress';
import { MonteCarloResult } from './monte-carlo-result';
import { isLive } from './run-words';
import { SweepProgress } from './sweep-progress';
import { SweepResult } from './sweep-result';

/** One search or simulation: how far it is, then what came of it. */
@Component({
  selector: 'q-run',
  imports: [
    Downloads,
    FailureCard,
    MatButton,
    MonteCarloProgress,
    MonteCarloResult,
    RouterLink,
    SweepProgress,
    SweepResult,
  ],
  providers: [RunWatch],
  templateUrl: './run.html',
  styleUrls: ['../ui/page.scss', './runs.scss', './run.scss'],
})
export class RunPage {
  readonly id = input.required<string>();
  protected readonly watch = inject(RunWatch);
  protected readonly attempt = new Attempt();
  private readonly api = inject(QuarryApi);

  protected readonly kind = computed(() => kindWords[this.watch.run()?.kind ?? 'sweep']);
  protected readonly isLive = computed(() => isLive(this.watch.run() ?? { state: 'cancelled' }));
  protected readonly outcome = computed(() => {
    const run = this.watch.run();
    return run && !run.failure ? outcomeInWords(run) : '';
  });
  protected readonly sweep = computed(() => {
    const report = this.watch.report();
    return report?.schema === 'quarry.sweep/1' ? report : null;
  });
  protected readonly monteCarlo = computed(() => {
    const report = this.watch.report();
    return report?.schema === 'quarry.monte-carlo/1' ? report : null;
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.attempt.at(() => this.watch.open(id)));
    });
  }

  protected async cancel(): Promise<void> {
    await this.attempt.at(() => this.api.cancelRun(this.id()));
  }

  protected async retry(): Promise<void> {
    await this.attempt.at(async () => {
      await this.api.retryRun(this.id());
      await this.watch.open(this.id());
    });
  }
}
