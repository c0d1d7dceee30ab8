import type { Bars } from '../../bars.js';
import { delistedAt, dividendAt, splitAt } from '../../actions/action-at.js';
import { momentAtOrAfter, type Pace } from '../../pace.js';
import type { Account } from '../account.js';
import type { Book } from '../book.js';
import type { Execution } from '../execution.js';
import type { Venue } from '../venue.js';
import { restate } from './restate.js';

/** What the broker does for those that carry out actions. */
interface Settling {
  /** Closes units (all of them where that many are held) at a price that no market made, free of costs. */
  settle(venue: Venue, units: number, bar: number, price: number): void;
  /** Withdraws what waits at a venue and may open something. */
  withdraw(venue: Venue): void;
  /** Draws anew what prices concern a venue. */
  tidy(venue: Venue): void;
}

/** A bar with an action, by the moment of the run at which it is known. */
interface Due {
  readonly moment: number;
  readonly venue: Venue;
  readonly bar: number;
}

/**
 * Carries out splits, dividends and delistings. At a split's bar, before its open, units are multiplied and prices divided
 * by the ratio: of lots, of what waits, of stops; equity is what it was. Where only whole units are held, the fraction is
 * settled in cash at the close before (cash in lieu). A dividend then goes to the cash at once, on its ex date, though
 * issuers pay later: longs receive, shorts owe it to whom they borrowed from. What waits keeps its prices (DNR). A
 * delisting closes what is held after its bar's close at the stated value; no order is taken there any more.
 */
export class CorporateActions {
  /** The moment of the run at which the next one takes effect; Infinity where none does. */
  next: number;
  readonly #due: readonly Due[];
  readonly #account: Account;
  readonly #execution: Execution;
  readonly #book: Book | null;
  readonly #isWhole: boolean;
  readonly #settling: Settling;
  #at = 0;

  constructor(
    { venues, pace, account }: { readonly venues: readonly Venue[]; readonly pace: Pace; readonly account: Account },
    execution: Execution,
    { book, isWhole, settling }: { readonly book: Book | null; readonly isWhole: boolean; readonly settling: Settling },
  ) {
    this.#due = dueAt(venues, pace);
    this.#account = account;
    this.#execution = execution;
    this.#book = book;
    this.#isWhole = isWhole;
    this.#settling = settling;
    this.next = this.#due[0]?.moment ?? Infinity;
  }

  /** Splits and dividends of a moment, before its bars are met. */
  begin(moment: number): void {
    for (let at = this.#at; at < this.#due.length && this.#due[at]!.moment === moment; at++) {
      const { venue, bar } = this.#due[at]!;
      const ratio = splitAt(venue.bars.actions, bar);
      if (ratio !== 1) this.#split(venue, bar, ratio);
      const dividend = dividendAt(venue.bars.actions, bar);
      if (dividend > 0) this.#pay(venue, bar, dividend);
      this.#settling.tidy(venue);
    }
  }

  /** Delistings of a moment, after its closes. */
  end(moment: number): void {
    for (; this.next === moment; this.next = this.#due[++this.#at]?.moment ?? Infinity) {
      const { venue, bar } = this.#due[this.#at]!;
      const value = delistedAt(venue.bars.actions, bar);
      if (value === value) this.#delist(venue, bar, value);
    }
  }

  #split(venue: Venue, bar: number, ratio: number): void {
    const { holding } = venue;
    if (holding.units !== 0 || venue.waitingCount > 0) this.#note(venue, bar, 'split', ratio, 0);
    venue.restateMark(ratio);
    this.#account.split(venue, ratio, this.#isWhole);
    restate(venue, ratio, {
      isWhole: this.#isWhole,
      bar,
      book: this.#book,
      execution: this.#execution,
    });
    const fraction = this.#isWhole ? Math.abs(holding.units) % 1 : 0;
    if (fraction === 0) return;
    this.#note(venue, bar, 'cash-in-lieu', venue.mark, holding.side * fraction * venue.mark);
    this.#settling.settle(venue, fraction, bar, venue.mark);
  }

  #pay(venue: Venue, bar: number, dividend: number): void {
    const { units } = venue.holding;
    if (units === 0) return;
    this.#account.pay(units > 0 ? 'dividends-received' : 'dividends-paid', -units * dividend, venue);
    this.#note(venue, bar, 'dividend', dividend, units * dividend);
  }

  #delist(venue: Venue, bar: number, value: number): void {
    const { units } = venue.holding;
    this.#settling.withdraw(venue);
    if (units !== 0) {
      this.#note(venue, bar, 'delisting', value, units * value);
      this.#settling.settle(venue, Math.abs(units), bar, value);
    }
    venue.delistedAfter = bar;
  }

  #note(
    venue: Venue,
    bar: number,
    kind: 'split' | 'cash-in-lieu' | 'dividend' | 'delisting',
    value: number,
    cash: number,
  ) {
    this.#book?.acted({ series: venue.series, bar, kind, value, cash });
  }
}

/** All bars with actions, in order of the moments at which they are known. */
function dueAt(venues: readonly Venue[], pace: Pace): Due[] {
  const due: Due[] = [];
  for (const venue of venues) {
    if (!venue.bars.actions) continue;
    for (const bar of barsWithActions(venue.bars)) {
      const moment = venues.length === 1 ? bar : momentAtOrAfter(pace.knownAt, venue.bars.knownAt[bar]!, 0);
      due.push({ moment, venue, bar });
    }
  }
  return due.sort((a, b) => a.moment - b.moment || a.venue.series - b.venue.series || a.bar - b.bar);
}

function* barsWithActions({ actions, length }: Bars): Generator<number> {
  for (let bar = 0; bar < length; bar++) {
    const value = delistedAt(actions, bar);
    if (splitAt(actions, bar) !== 1 || dividendAt(actions, bar) > 0 || value === value) yield bar;
  }
}
