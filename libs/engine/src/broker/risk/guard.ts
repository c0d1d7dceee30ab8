import type { Account } from '../account.js';
import type { RunClock } from '../../bar-series.js';
import type { Calendar } from '../../calendar.js';
import type { Costs } from '../costs.js';
import { money } from './figures.js';
import { Halts } from './halts.js';
import { marginCall } from './margin-call.js';
import { beyondOrder, beyondPosition, outOfBand } from './order-checks.js';
import { type Proposal, proposalOf } from './proposal.js';
import type { BacktestSettings, MarginModel, RiskRule } from '../../settings.js';
import type { Venue } from '../venue.js';
import type { WorkingOrder } from '../working-order.js';

/** The moments of the run, and the dates they fall on. */
interface Watch {
  readonly run: RunClock;
  readonly calendar: Calendar;
}

/** What the guard wants done: everything closed at the next open or at this very close, or nothing. */
export interface Command {
  readonly reason: string;
  readonly closes: 'nothing' | 'next-open' | 'at-once';
  /** Entries end, whether anything is held or not. */
  readonly isHalt: boolean;
}

/**
 * Stands between strategy and broker: refuses orders by the run's risk rules, and watches equity for margin calls, halts
 * and the kill switch. It needs to see every close while something is held.
 */
export class Guard {
  readonly #rules: readonly RiskRule[];
  readonly #margin: MarginModel | null;
  readonly #account: Account;
  readonly #costs: Costs;
  readonly #run: RunClock;
  readonly #calendar: Calendar;
  readonly #halts: Halts;
  #day = -1;
  #ordersToday = 0;

  /** Null where the settings ask for no check. */
  static of(settings: BacktestSettings, account: Account, costs: Costs, watch: Watch): Guard | null {
    const { risk = [], margin } = settings;
    return risk.length > 0 || margin ? new Guard(risk, margin ?? null, account, costs, watch) : null;
  }

  private constructor(
    rules: readonly RiskRule[],
    margin: MarginModel | null,
    account: Account,
    costs: Costs,
    { run, calendar }: Watch,
  ) {
    this.#rules = rules;
    this.#margin = margin;
    this.#account = account;
    this.#costs = costs;
    this.#run = run;
    this.#calendar = calendar;
    account.watchesLosses = true;
    this.#halts = new Halts(rules, account.cash);
  }

  /** Before anything of a moment: where a day begins with it, equity as of the one before is what that day began with. */
  beginBar(bar: number): void {
    const day = this.#calendar.date(this.#run.pace.time[bar]!);
    if (day === this.#day) return;
    this.#day = day;
    this.#ordersToday = 0;
    this.#halts.beginDay(day, this.#account.equity);
  }

  /** After a bar's close is known, or after fills at it. */
  endBar(bar: number): Command | null {
    const { equity } = this.#account;
    const halt = this.#halts.see(bar, equity);
    const call = this.#margin && marginCall(this.#margin.maintenance, equity, this.#account.grossExposure);
    if (call !== null) return { reason: call, closes: this.#margin!.kind, isHalt: halt !== null };
    return halt && { reason: halt.reason, closes: halt.closes ? 'next-open' : 'nothing', isHalt: true };
  }

  /** Why an order may not be sent, in words that name the limit and the order's own figure; null where it may. */
  refusal(venue: Venue, order: WorkingOrder): string | null {
    if (this.#rules.length === 0) return null;
    const bar = this.#run.now.index;
    this.beginBar(bar);
    const proposal = proposalOf(this.#account, this.#costs, venue, order);
    if (proposal.after > 0) {
      const { equity, lossAt } = this.#account;
      const halted = this.#halts.refusal(bar, equity, lossAt);
      if (halted !== null) return halted;
      for (const rule of this.#rules) {
        const reason = this.#broken(rule, proposal, venue);
        if (reason !== null) return reason;
      }
    }
    this.#ordersToday++;
    return null;
  }

  #broken(rule: RiskRule, proposal: Proposal, venue: Venue): string | null {
    switch (rule.kind) {
      case 'buying-power':
        return this.#withoutMoney(proposal, venue);
      case 'position-limit':
        return beyondPosition(rule, proposal, this.#account.equity);
      case 'order-limit':
        if (rule.of !== 'orders-per-day') return beyondOrder(rule.of, rule.most, proposal);
        if (this.#ordersToday < rule.most) return null;
        return `order limit: it would be order ${this.#ordersToday + 1} of ${this.#day}, ${rule.most} a day are allowed`;
      case 'price-band':
        return outOfBand(rule, proposal);
      case 'drawdown-halt':
      case 'cooldown':
      case 'kill-switch':
        return null;
    }
  }

  #withoutMoney({ side, units, price, close }: Proposal, venue: Venue): string | null {
    const opposite = Math.max(0, -side * venue.holding.units);
    const opened = units - opposite;
    if (opened <= 0) return null;
    const free = this.#account.freeFor(venue, side, close, close);
    const charged = this.#costs.chargedWith(-1, opposite);
    const need = (opened * price) / this.#account.leverage + this.#costs.commission(opened, price, charged);
    // A share of all that is free needs exactly that; rounding may put it a hair above.
    if (need <= free * (1 + 1e-12)) return null;
    if (!(need < Infinity)) return 'buying power: the order costs more than a number can hold';
    return `buying power: the order needs ${money(need)} as margin and commission, ${money(free)} is free`;
  }
}
