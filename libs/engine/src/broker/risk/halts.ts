import type { RiskRule } from '../../settings.js';
import { money, percent } from './figures.js';

type RuleOf<K extends RiskRule['kind']> = Extract<RiskRule, { readonly kind: K }>;

/**
 * What stops entries for a while: a drawdown, a loss within the day, a losing trade. Told of equity close by close; while
 * nothing is held equity stands still, so that closes may be left out then.
 */
export class Halts {
  readonly #drawdown: RuleOf<'drawdown-halt'> | undefined;
  readonly #kill: RuleOf<'kill-switch'> | undefined;
  readonly #afterLoss: number;
  readonly #afterHalt: number;
  #peak: number;
  #day = -1;
  #dayStart: number;
  #haltedAt = -1;
  #haltReason = '';
  #killedAt = -1;
  #killReason = '';

  /** @param equity what the account begins with */
  constructor(rules: readonly RiskRule[], equity: number) {
    const ofKind = <K extends RiskRule['kind']>(kind: K) => rules.find((rule): rule is RuleOf<K> => rule.kind === kind);
    const cooldown = (after: 'loss' | 'halt') =>
      rules.find((rule): rule is RuleOf<'cooldown'> => rule.kind === 'cooldown' && rule.after === after)?.bars;
    this.#drawdown = ofKind('drawdown-halt');
    this.#kill = ofKind('kill-switch');
    this.#afterLoss = cooldown('loss') ?? 0;
    this.#afterHalt = cooldown('halt') ?? Infinity;
    this.#peak = equity;
    this.#dayStart = equity;
  }

  /** A day begins, with equity as of the close before it. */
  beginDay(day: number, equity: number): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#dayStart = equity;
    if (this.#kill?.until === 'next-day') this.#killedAt = -1;
  }

  /** Looks at equity at a close. Answers why all is to be closed or entries end, where that begins just now. */
  see(bar: number, equity: number): { readonly reason: string; readonly closes: boolean } | null {
    this.#lift(bar, equity);
    this.#peak = Math.max(this.#peak, equity);
    const halted = this.#seeDrawdown(bar, equity);
    const killed = this.#seeLoss(bar, equity);
    return killed ?? halted;
  }

  /** Why no entry may be made after this bar; null where one may. `lossAt` is where a trade last lost money. */
  refusal(bar: number, equity: number, lossAt: number): string | null {
    this.#lift(bar, equity);
    if (this.#killedAt >= 0) return this.#killReason;
    if (this.#haltedAt >= 0) return this.#haltReason;
    if (bar > lossAt + this.#afterLoss) return null;
    return `cooldown: a trade lost money, entries wait for ${this.#afterLoss} bars, until bar ${lossAt + this.#afterLoss + 1}`;
  }

  #lift(bar: number, equity: number): void {
    if (this.#haltedAt < 0 || bar < this.#haltedAt + this.#afterHalt) return;
    this.#haltedAt = -1;
    this.#peak = equity;
  }

  #seeDrawdown(bar: number, equity: number): { reason: string; closes: boolean } | null {
    const rule = this.#drawdown;
    if (!rule || this.#haltedAt >= 0 || equity > this.#peak * (1 - rule.drawdown)) return null;
    this.#haltedAt = bar;
    this.#haltReason =
      `drawdown halt on bar ${bar}: equity of ${money(equity)} is ${percent(1 - equity / this.#peak)} below its peak of ` +
      `${money(this.#peak)}, ${percent(rule.drawdown)} is allowed`;
    return { reason: this.#haltReason, closes: rule.close };
  }

  #seeLoss(bar: number, equity: number): { reason: string; closes: boolean } | null {
    const rule = this.#kill;
    if (!rule || this.#killedAt >= 0 || equity > this.#dayStart * (1 - rule.loss)) return null;
    this.#killedAt = bar;
    this.#killReason =
      `kill switch on bar ${bar}: equity of ${money(equity)} is ${percent(1 - equity / this.#dayStart)} below the ` +
      `${money(this.#dayStart)} that the day began with, ${percent(rule.loss)} is allowed`;
    return { reason: this.#killReason, closes: true };
  }
}
