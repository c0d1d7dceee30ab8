import type { LogLine } from '@quarry/contracts';
import { appendClaimedEvent, type Claim, type Database } from '@quarry/platform/database';

const flushMs = 200;
const maxLines = 500;

/**
 * Tells of a run while it goes: log lines as events, gathered for a moment; progress as the latest value, which is sent
 * to whoever listens and kept nowhere.
 */
export class RunReporter {
  private lines: LogLine[] = [];
  private progress: { phase: string; done: number } | null = null;
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

  /** Resolves when everything that was reported has been sent. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.send();
    await this.sending;
  }

  private sendSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.send();
    }, flushMs);
  }

  private send(): void {
    const { lines, progress } = this;
    this.lines = [];
    this.progress = null;
    this.sending = this.sending
      .then(async () => {
        for (let first = 0; first < lines.length; first += maxLines) {
          const chunk = lines.slice(first, first + maxLines);
          await appendClaimedEvent(this.database, this.claim, { type: 'log', lines: chunk });
        }
        if (progress) {
          const event = JSON.stringify({ type: 'progress', ...progress });
          await this.database.notify('quarry_progress', `${this.claim.runId} ${event}`);
        }
      })
      .catch(this.onTrouble);
  }
}
