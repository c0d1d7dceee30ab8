import type { Account } from '../account.js';
import type { Pace } from '../../pace.js';
import type { BacktestSettings, FundingModel } from '../../settings.js';
import type { Venue } from '../venue.js';

const microsecondsPerHour = 3_600e6;
const microsecondsPerYear = 365 * 24 * microsecondsPerHour;

/**
 * What holding costs: the fee for borrowed units, interest on borrowed cash, funding. Each accrues from one close to the
 * next, by the time between the moments they were known, on what is held at the first of them and at its value there.
 */
export class Carry {
  readonly #borrow: number;
  readonly #interest: number;
  readonly #funding: FundingModel | null;
  /** The rates of each venue's column, where it has one. */
  readonly #fundingRates: readonly (Float64Array | null)[];

  static of(settings: BacktestSettings, venues: readonly Venue[]): Carry | null {
    const { borrow, interest, funding } = settings;
    return borrow || interest || funding ? new Carry(settings, venues) : null;
  }

  private constructor({ borrow, interest, funding }: BacktestSettings, venues: readonly Venue[]) {
    this.#borrow = borrow?.rate ?? 0;
    this.#interest = interest?.rate ?? 0;
    this.#funding = funding ?? null;
    this.#fundingRates = venues.map(({ bars }) =>
      funding?.kind === 'column' && Object.hasOwn(bars.extra, funding.column) ? bars.extra[funding.column]! : null,
    );
  }

  /**
   * Interest up to a moment of the run. Comes before anything else of that moment. An account that owes money while
   * nothing is held pays none: it is ruined at this very close.
   */
  payInterest(account: Account, pace: Pace, moment: number): void {
    if (this.#interest === 0 || moment === 0 || account.held.length === 0) return;
    const borrowed = account.borrowed;
    if (borrowed > 0) account.pay('interest', borrowed * this.#interest * yearsTo(pace, moment), null);
  }

  /** Borrow fee and funding of one venue up to one of its bars. Comes before the bar meets the orders there. */
  passTo(account: Account, venue: Venue, bar: number): void {
    const { holding } = venue;
    if (holding.units === 0 || bar === 0) return;
    const value = holding.valueAt(venue.mark);
    if (value < 0 && this.#borrow > 0) account.pay('borrow', -value * this.#borrow * yearsTo(venue.bars, bar), venue);
    if (this.#funding === null) return;
    const times = fundingsTo(venue, bar, this.#funding.hours);
    if (times === 0) return;
    const given = this.#fundingRates[venue.series]?.[bar] ?? NaN;
    account.pay('funding', value * (given === given ? given : this.#funding.rate) * times, venue);
  }
}

function yearsTo({ knownAt }: Pick<Pace, 'knownAt'>, bar: number): number {
  return (knownAt[bar]! - knownAt[bar - 1]!) / microsecondsPerYear;
}

/** How many funding moments lie after the close before and not after this one. */
function fundingsTo({ bars: { knownAt } }: Venue, bar: number, hours: number): number {
  const every = hours * microsecondsPerHour;
  return Math.floor(knownAt[bar]! / every) - Math.floor(knownAt[bar - 1]! / every);
}
