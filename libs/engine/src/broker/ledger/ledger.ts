import type { Costs } from '../../results.js';
import { ledgerAccounts, type LedgerAccount } from './ledger-accounts.js';
import { LedgerError } from './ledger-error.js';
import { sumError } from './two-sum.js';

/** One change of money: amounts by account, which sum to exactly 0. An account may stand in it more than once. */
export interface JournalEntry {
  readonly of: 'start' | 'open' | 'close' | 'costs' | 'carry' | 'hold' | 'write-off';
  readonly postings: readonly (readonly [account: LedgerAccount, amount: number])[];
}

const index = Object.fromEntries(ledgerAccounts.map((name, at) => [name, at])) as Record<LedgerAccount, number>;
const { position, financing, realised, commission, slippage, spread, rounding } = index;

/**
 * Double entry for a run: every change of money, as the account tells it, with its counter postings. It holds to the last
 * bit in this sense. The account's float64 sums are done a second time here, and cash must come out the same bit for bit;
 * what such a sum rounds away is known exactly (TwoSum) and posted to `rounding`, so that the postings of an entry sum to
 * 0 as real numbers, not only nearly. Totals are kept as pairs of float64, which doubles their precision.
 */
export class Ledger {
  /** Every entry, where they are kept; null where only totals are. */
  readonly journal: JournalEntry[] | null;
  #cash = 0.5;
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
    this.#add(index.cash, cash);
    this.#add(index.capital, -cash);
    if (this.journal === null) return;
    this.journal.length = 0;
    this.#write('start', [
      ['cash', cash],
      ['capital', -cash],
    ]);
  }

  /** Units were bought or sold short: a commission left the cash. @throws LedgerError */
  opened(before: number, after: number, fee: number): void {
    const lost = this.#move(before, after, -fee);
    this.#add(commission, fee);
    if (this.journal === null) return;
    this.#write('open', [
      ['cash', -fee],
      ['cash', -lost],
      ['rounding', lost],
      ['commission', fee],
    ]);
  }

  /** Units were closed: a gross profit or loss came, a commission left. @throws LedgerError */
  closed(before: number, after: number, gross: number, fee: number): void {
    const net = gross - fee;
    const netLost = sumError(gross, -fee);
    const lost = this.#move(before, after, net);
    this.#add(realised, -gross);
    this.#add(commission, fee);
    this.#add(rounding, netLost);
    if (this.journal === null) return;
    this.#write('close', [
      ['cash', net],
      ['cash', -lost],
      ['rounding', lost],
      ['rounding', netLost],
      ['realised', -gross],
      ['commission', fee],
    ]);
  }

  /** A fee, interest or funding left the cash; funding may also come in. @throws LedgerError */
  carried(account: 'borrow' | 'interest' | 'funding', before: number, after: number, amount: number): void {
    const lost = this.#move(before, after, -amount);
    this.#add(index[account], amount);
    if (this.journal === null) return;
    this.#write('carry', [
      ['cash', -amount],
      ['cash', -lost],
      ['rounding', lost],
      [account, amount],
    ]);
  }

  /** What a fill lost to slippage and spread. It is within prices already: the profit at the bars' prices was that much better. */
  priced(slipped: number, spreadPaid: number): void {
    this.#add(slippage, slipped);
    this.#add(spread, spreadPaid);
    this.#add(realised, -slipped);
    this.#add(realised, -spreadPaid);
    if (this.journal === null) return;
    this.#write('costs', [
      ['slippage', slipped],
      ['spread', spreadPaid],
      ['realised', -slipped],
      ['realised', -spreadPaid],
    ]);
  }

  /** The cost of what is held went from one sum to another by units worth `cost` at their entry. */
  held(before: number, after: number, cost: number): void {
    const change = after - before;
    const changeLost = sumError(after, -before);
    const drift = cost - change;
    const driftLost = sumError(cost, -change);
    this.#add(position, change);
    this.#add(position, changeLost);
    this.#add(financing, -cost);
    this.#add(rounding, drift);
    this.#add(rounding, driftLost);
    this.#add(rounding, -changeLost);
    if (this.journal === null) return;
    this.#write('hold', [
      ['position', change],
      ['position', changeLost],
      ['financing', -cost],
      ['rounding', drift],
      ['rounding', driftLost],
      ['rounding', -changeLost],
    ]);
  }

  /** A ruined account owes nothing any more. @throws LedgerError */
  writtenOff(before: number): void {
    this.reconcile(before);
    this.#cash = 0;
    this.#add(index.cash, -before);
    this.#add(index['written-off'], before);
    if (this.journal !== null)
      this.#write('write-off', [
        ['cash', -before],
        ['written-off', before],
      ]);
  }

  /** What stands on an account. */
  total(account: LedgerAccount): number {
    return this.#high[index[account]]! + this.#low[index[account]]!;
  }

  /** @throws LedgerError where the account's cash is not, to the last bit, what was posted */
  reconcile(cash: number): void {
    if (!same(this.#cash, cash)) {
      throw new LedgerError(
        `The ledger has ${this.#cash} in cash and the account ${cash}: money moved without an entry.`,
      );
    }
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

  /** Takes cash from one sum to the other. Answers what rounding took from the amount. */
  #move(before: number, after: number, amount: number): number {
    this.reconcile(before);
    if (!same(before + amount, after)) {
      throw new LedgerError(`Cash went from ${before} to ${after}, but the entry is for ${amount}.`);
    }
    const lost = sumError(before, amount);
    this.#cash = after;
    this.#add(index.cash, amount);
    this.#add(index.cash, -lost);
    this.#add(rounding, lost);
    return lost;
  }

  #add(account: number, amount: number): void {
    const high = this.#high[account]!;
    this.#high[account] = high + amount;
    this.#low[account]! += sumError(high, amount);
  }

  #write(of: JournalEntry['of'], postings: JournalEntry['postings']): void {
    this.journal?.push({ of, postings });
  }
}

function same(a: number, b: number): boolean {
  return a === b || (a !== a && b !== b);
}
