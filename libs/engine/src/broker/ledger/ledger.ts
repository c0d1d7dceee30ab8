import type { Costs, Dividends } from '../../results.js';
import { type CarryAccount, ledgerAccounts, type LedgerAccount } from './ledger-accounts.js';
import { LedgerError } from './ledger-error.js';
import { sumError } from './two-sum.js';

/** One change of money: amounts by account, which sum to exactly 0. An account may stand in it more than once. */
export interface JournalEntry {
  readonly of: 'start' | 'open' | 'close' | 'costs' | 'carry' | 'hold' | 'split' | 'write-off';
  readonly postings: readonly (readonly [account: LedgerAccount, amount: number])[];
}

const index = Object.fromEntries(ledgerAccounts.map((name, at) => [name, at])) as Record<LedgerAccount, number>;

/**
 * Double entry for a run: every change of money, as the account tells it, with its counter postings. It holds to the last
 * bit in this sense. The account's float64 sums are done a second time here, and cash must come out the same bit for bit;
 * what such a sum rounds away is known exactly (TwoSum) and posted to `rounding`, so that the postings of an entry sum to
 * 0 as real numbers, not only nearly.
 *
 * Cash is checked in every replay. There, only what a run paid is added up; the other accounts, and the journal, are kept
 * where they are asked for.
 */
export class Ledger {
  /** Every entry, where they are kept; else null. */
  readonly journal: JournalEntry[] | null;
  #cash = 0.5;
  #commission = 0.5;
  #commissionLost = 0.5;
  /** Totals by account, as pairs of float64: twice the precision of one. */
  readonly #high = new Float64Array(ledgerAccounts.length);
  readonly #low = new Float64Array(ledgerAccounts.length);

  constructor(keepsJournal = false) {
    this.journal = keepsJournal ? [] : null;
  }

  /** Begins a run, with nothing posted but its starting cash. */
  begin(cash: number): void {
    this.#high.fill(0);
    this.#low.fill(0);
    this.#cash = cash;
    this.#commission = 0;
    this.#commissionLost = 0;
    if (this.journal === null) return;
    this.journal.length = 0;
    this.#enter('start', [
      ['cash', cash],
      ['capital', -cash],
    ]);
  }

  /** Units were bought or sold short: a commission left the cash. @throws LedgerError */
  opened(before: number, after: number, fee: number): void {
    if (before !== this.#cash || before - fee !== after) this.#check(before, after, -fee);
    this.#cash = after;
    if (this.journal === null) this.#charge(fee);
    else this.#enter('open', [...inCash(before, -fee), ['commission', fee]]);
  }

  /** Units were closed: a gross profit or loss came, a commission left. @throws LedgerError */
  closed(before: number, after: number, gross: number, fee: number): void {
    const net = gross - fee;
    if (before !== this.#cash || before + net !== after) this.#check(before, after, net);
    this.#cash = after;
    if (this.journal === null) this.#charge(fee);
    else {
      const lost = ['rounding', sumError(gross, -fee)] as const;
      this.#enter('close', [...inCash(before, net), lost, ['realised', -gross], ['commission', fee]]);
    }
  }

  /** A fee, interest, funding or a dividend left the cash; the last two may also come in. @throws LedgerError */
  carried(account: CarryAccount, before: number, after: number, amount: number): void {
    if (before !== this.#cash || before - amount !== after) this.#check(before, after, -amount);
    this.#cash = after;
    if (this.journal === null) this.#add(index[account], amount);
    else this.#enter('carry', [...inCash(before, -amount), [account, amount]]);
  }

  /** What a fill lost to slippage and spread. Prices have it already: at the bars' own the profit was that much better. */
  priced(slipped: number, spreadPaid: number): void {
    if (this.journal === null) {
      this.#add(index.slippage, slipped);
      this.#add(index.spread, spreadPaid);
      return;
    }
    this.#enter('costs', [
      ['slippage', slipped],
      ['spread', spreadPaid],
      ['realised', -slipped],
      ['realised', -spreadPaid],
    ]);
  }

  /** The cost of what is held went from one sum to another by units worth `cost` at their entry. */
  held(before: number, after: number, cost: number): void {
    if (this.journal === null) return;
    const change = after - before;
    const lost = sumError(after, -before);
    this.#enter('hold', [
      ['position', change],
      ['position', lost],
      ['financing', -cost],
      ['rounding', cost - change],
      ['rounding', sumError(cost, -change)],
      ['rounding', -lost],
    ]);
  }

  /** What is held became other units of the same cost. */
  split(cost: number): void {
    if (this.journal === null) return;
    this.#enter('split', [
      ['position', -cost],
      ['position', cost],
    ]);
  }

  /** A ruined account owes nothing any more. @throws LedgerError */
  writtenOff(before: number): void {
    this.reconcile(before);
    this.#cash = 0;
    if (this.journal === null) return;
    this.#enter('write-off', [
      ['cash', -before],
      ['written-off', before],
    ]);
  }

  /** What stands on an account: what was paid in any run, the others where a journal is kept. */
  total(account: LedgerAccount): number {
    if (account === 'commission') return this.#commission + this.#commissionLost;
    return this.#high[index[account]]! + this.#low[index[account]]!;
  }

  /** @throws LedgerError where the account's cash is not, to the last bit, what was posted */
  reconcile(cash: number): void {
    if (same(this.#cash, cash)) return;
    throw new LedgerError(
      `The ledger has ${this.#cash} in cash and the account ${cash}: money moved without an entry.`,
    );
  }

  /** What was paid, by kind. */
  costs(): Costs {
    return {
      commission: this.total('commission'),
      slippage: this.total('slippage'),
      spread: this.total('spread'),
      borrow: this.total('borrow'),
      interest: this.total('interest'),
      funding: this.total('funding'),
    };
  }

  /** Cash dividends on longs, and what shorts owed in their place. */
  dividends(): Dividends {
    return { received: -this.total('dividends-received') || 0, paid: this.total('dividends-paid') };
  }

  /** Cash goes from one sum to the other, which must be its float64 sum with the amount. NaN, beyond all numbers, is its own. */
  #check(before: number, after: number, amount: number): void {
    this.reconcile(before);
    if (same(before + amount, after)) return;
    throw new LedgerError(`Cash went from ${before} to ${after}, but the entry is for ${amount}.`);
  }

  /** Adds to the commission, the one account that every fill concerns. */
  #charge(fee: number): void {
    const total = this.#commission;
    const sum = total + fee;
    const part = sum - total;
    this.#commission = sum;
    this.#commissionLost += total - (sum - part) + (fee - part);
  }

  #add(account: number, amount: number): void {
    if (amount === 0) return;
    const high = this.#high[account]!;
    this.#high[account] = high + amount;
    this.#low[account]! += sumError(high, amount);
  }

  #enter(of: JournalEntry['of'], postings: JournalEntry['postings']): void {
    for (const [account, amount] of postings) {
      if (account === 'commission') this.#charge(amount);
      else this.#add(index[account], amount);
    }
    this.journal?.push({ of, postings });
  }
}

/** An amount that goes into cash, less what the sum rounds away. */
function inCash(before: number, amount: number): JournalEntry['postings'] {
  const lost = sumError(before, amount);
  return [
    ['cash', amount],
    ['cash', -lost],
    ['rounding', lost],
  ];
}

function same(a: number, b: number): boolean {
  return a === b || (a !== a && b !== b);
}
