import type { LogLine, PathPoint, TrialPoint } from '@quarry/contracts';
import { appendClaimedEvent, reportProgress, type Claim, type Database } from '@quarry/platform/database';
import { Chunks } from './chunks.js';

const flushMs = 200;
const maxLines = 500;
/** Of a longer search only these are told of while it goes, as its report has no more of them. */
const mostTold = 10_000;

/**
 * Tells of a run while it goes: log lines, trials and paths as events, gathered for a moment; progress as the latest value,
 * which is sent to whoever listens.
 */
export class RunReporter {
  private lines: LogLine[] = [];
  private progress: { phase: string; done: number } | null = null;
  private readonly trials = new Chunks<TrialPoint>();
  private readonly paths = new Chunks<PathPoint>();
  private steps: readonly number[] = [];
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
    if (trial.index < mostTold) this.trials.add(trial);
    this.sendSoon();
  }

  pathEnded(path: PathPoint, steps: readonly number[]): void {
    this.steps = steps;
    this.paths.add(path);
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
    const trials = this.trials.take(isLast);
    const paths = this.paths.take(isLast);
    const steps = [...this.steps];
    this.sending = this.sending
      .then(async () => {
        for (let first = 0; first < lines.length; first += maxLines) {
          const some = lines.slice(first, first + maxLines);
          await appendClaimedEvent(this.database, this.claim, { type: 'log', lines: some });
        }
        if (trials.length > 0) await appendClaimedEvent(this.database, this.claim, { type: 'trials', trials });
        if (paths.length > 0) await appendClaimedEvent(this.database, this.claim, { type: 'paths', steps, paths });
        if (progress) await reportProgress(this.database, this.claim, { ...progress, best });
      })
      .catch(this.onTrouble);
  }
}
