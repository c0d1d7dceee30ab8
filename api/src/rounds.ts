/** Does something again and again, never twice at once: a round that takes long is waited for. */
export class Rounds {
  private readonly timer: NodeJS.Timeout;
  private round: Promise<void> | null = null;

  constructor(everyMs: number, work: () => Promise<void>, onError: (error: unknown) => void = () => undefined) {
    this.timer = setInterval(() => {
      this.round ??= work()
        .catch(onError)
        .finally(() => {
          this.round = null;
        });
    }, everyMs);
    this.timer.unref();
  }

  /** Resolves when the round that is under way has ended; no other begins. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }
}
