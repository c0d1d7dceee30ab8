import type { LogLine, TrialPoint } from '@quarry/contracts';
import { appendClaimedEvent, reportProgress, type Claim, type Database } from '@quarry/platform/database';

const flushMs = 200;
const maxLines = 500;
/** Trials are told of in chunks, each an event that is kept: so many at once, or after so long. */
const chunk = 64;
const chunkMs = 2_000;
/** Of a longer search only these are told of while it goes, as its report has no more of them. */
const mostTold = 10_000;

/**
 * Tells of a run while it goes: log lines and trials as events, gathered for a moment; progress as the latest value,
 * which is sent to whoever listens.
 */
export class RunReporter {
  private lines: LogLine[] = [];
  private progress: { phase: string; done: number } | null = null;
  private trials: TrialPoint[] = [];
  private trialsToldAt = performance.now();
  private best: TrialPoint | null = null;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly claim: Claim,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  log(lines: readonly LogLine[]): void {
    this.lines.push(...lines);
    this.sendSoon();
  }

  progressed(phase: string, done: number): void {
    this.progress = { phase, done: Math.min(1, Math.max(0, done)) };
    this.sendSoon();
  }

  tried(trial: TrialPoint): void {
    if (this.isBetter(trial)) this.best = trial;
    if (trial.index < mostTold) this.trials.push(trial);
    this.sendSoon();
  }

  /** Resolves when everything that was reported has been sent. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.send(true);
    await this.sending;
  }

  private isBetter({ value }: TrialPoint): boolean {
    if (value === 'NaN') return false;
    const { work } = this.claim;
    const sign = 'search' in work && work.search.direction === 'minimise' ? -1 : 1;
    return this.best === null || sign * Number(value) > sign * Number(this.best.value);
  }

  private sendSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.send();
    }, flushMs);
  }

  private send(isLast = false): void {
    const { lines, progress, best } = this;
    this.lines = [];
    this.progress = null;
    const trials = isLast || this.isTimeForTrials() ? this.trials : [];
    if (trials.length > 0) {
      this.trials = [];
      this.trialsToldAt = performance.now();
    }
    this.sending = this.sending
      .then(async () => {
        for (let first = 0; first < lines.length; first += maxLines) {
          const some = lines.slice(first, first + maxLines);
          await appendClaimedEvent(this.database, this.claim, { type: 'log', lines: some });
        }
        if (trials.length > 0) await appendClaimedEvent(this.database, this.claim, { type: 'trials', trials });
        if (progress) await reportProgress(this.database, this.claim, { ...progress, best });
      })
      .catch(this.onTrouble);
  }

  private isTimeForTrials(): boolean {
    return this.trials.length >= chunk || performance.now() - this.trialsToldAt > chunkMs;
  }
}
