import { LostClaim, renewLease, type Claim, type Database } from '@quarry/platform/database';

/** Why an attempt was broken off: its token holds no longer, or this worker is going down. */
export type BreakOff = 'lost' | 'draining';

const renewEveryMs = 1_000;

/**
 * Keeps a claim's lease alive while its lane is busy. `signal` aborts, with a `BreakOff` as its reason, once the claim
 * is lost: cancelled, taken over, or not renewed for a whole lease because the database was out of reach.
 */
export class LeaseHolder {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private heldUntil: number;
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly claim: Claim,
    private readonly leaseMs: number,
  ) {
    this.heldUntil = performance.now() + leaseMs;
    this.timer = setInterval(
      () => {
        this.check();
      },
      Math.min(renewEveryMs, leaseMs / 3),
    );
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Asks now whether the claim still holds, as after word of a cancel. */
  check(): void {
    if (performance.now() > this.heldUntil) this.breakOff('lost');
    this.renewing = this.renewing.then(() => this.renew());
  }

  breakOff(reason: BreakOff): void {
    this.controller.abort(reason);
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing;
  }

  private async renew(): Promise<void> {
    if (this.signal.aborted) return;
    const asked = performance.now();
    try {
      await renewLease(this.database, this.claim, this.leaseMs);
      this.heldUntil = asked + this.leaseMs;
    } catch (error) {
      if (error instanceof LostClaim) this.breakOff('lost');
    }
  }
}
