import { describe, expect, test } from '@jest/globals';
import { Account } from '../account.js';
import { Ledger } from '../ledger/ledger.js';
import { LedgerError } from '../ledger/ledger-error.js';
import { brokenLaws, exactSum, played } from './run-laws.js';
import { randomRun } from './random-runs.js';

const streams = 25;
const seeds = Array.from({ length: streams }, (_, i) => 1_000 + i);

/** The seeds of runs that break a law, or whose ledger does not come out. */
function caught(ledger: () => Ledger): number[] {
  return seeds.filter((seed) => {
    try {
      return brokenLaws(played(seed, ledger())).length > 0;
    } catch (error) {
      if (error instanceof LedgerError) return true;
      throw error;
    }
  });
}

describe('for any costs, margin, risk rules and orders', () => {
  test('money is kept in every sum', () => {
    expect(seeds.map((seed) => [seed, brokenLaws(played(seed))])).toEqual(seeds.map((seed) => [seed, []]));
  });

  test("the replay is the guest's own run, row by row and to the last bit", () => {
    for (const seed of seeds) {
      const { result, own } = played(seed, new Ledger());
      expect([seed, result]).toEqual([seed, own]);
    }
  });

  test('what was paid does not depend on whether a journal is kept', () => {
    for (const seed of seeds) expect(played(seed, new Ledger()).result.costs).toEqual(played(seed).result.costs);
  });

  test('in a currency twice as fine there is twice the equity at every bar, to the last bit', () => {
    for (const seed of seeds) {
      const once = played(seed).result.equity;
      expect([seed, played(seed, new Ledger(true), 2).result.equity]).toEqual([seed, once.map((value) => value * 2)]);
    }
  });

  test('the runs drawn have all models in them, and most of them trade', () => {
    const kinds = new Set(
      Array.from({ length: 120 }, (_, seed) => {
        const { settings } = randomRun(seed);
        const { commission, slippage, spread, borrow, interest, funding, margin, risk = [] } = settings;
        return [
          commission.kind,
          slippage.kind,
          spread.kind,
          borrow && 'borrow',
          interest && 'interest',
          funding && `funding ${funding.kind}`,
          margin && `margin ${margin.kind}`,
          ...risk.map(({ kind }) => kind),
        ];
      }).flat(),
    );
    kinds.delete(undefined);
    expect([...kinds].sort()).toEqual(
      [
        ...['none', 'fraction', 'per-unit', 'per-order', 'tiered', 'maker-taker', 'entry-only'],
        ...['fixed', 'volume-share', 'square-root', 'borrow', 'interest', 'funding constant', 'funding column'],
        ...['margin next-open', 'margin at-once', 'buying-power', 'position-limit', 'order-limit', 'price-band'],
        ...['drawdown-halt', 'cooldown', 'kill-switch'],
      ].sort(),
    );
    expect(seeds.filter((seed) => played(seed).result.trades.length > 0).length).toBeGreaterThan(streams * 0.8);
  });
});

describe('a mistake in the accounting is caught', () => {
  test('none of them where there is none', () => {
    expect(caught(() => new Ledger(true))).toEqual([]);
  });

  test('an entry that forgets a fee', () => {
    class Forgetful extends Ledger {
      override opened(before: number, after: number): void {
        super.opened(before, after, 0);
      }
    }
    expect(caught(() => new Forgetful(true)).length).toBeGreaterThan(streams / 2);
  });

  test('an account that pays a fee without an entry', () => {
    const { pay } = Account.prototype;
    Account.prototype.pay = function (this: Account, _account, amount) {
      this.cash -= amount;
    };
    try {
      expect(caught(() => new Ledger(true)).length).toBeGreaterThan(streams / 4);
    } finally {
      Account.prototype.pay = pay;
    }
  });

  test('an account that skips a fee it says it paid', () => {
    const { pay } = Account.prototype;
    Account.prototype.pay = function (this: Account, account, amount, venue) {
      pay.call(this, account, amount, venue);
      this.cash += amount;
    };
    try {
      expect(caught(() => new Ledger(true)).length).toBeGreaterThan(streams / 4);
    } finally {
      Account.prototype.pay = pay;
    }
  });

  test('one posting that is off by its last bit', () => {
    class Careless extends Ledger {
      override closed(before: number, after: number, gross: number, fee: number): void {
        super.closed(before, after, gross, fee);
        const last = this.journal!.at(-1)!;
        const [account, amount] = last.postings.at(-1)!;
        if (amount === 0) return;
        const off = [...last.postings.slice(0, -1), [account, amount * (1 + 2 ** -52)] as const];
        this.journal![this.journal!.length - 1] = { ...last, postings: off };
      }
    }
    expect(caught(() => new Careless(true)).length).toBeGreaterThan(streams / 2);
  });
});

test('exact sums keep what float64 loses', () => {
  expect(exactSum([0.1, 0.2]) === exactSum([0.1 + 0.2])).toBe(false);
  expect(exactSum([1e300, 1, -1e300]) === exactSum([1])).toBe(true);
});
