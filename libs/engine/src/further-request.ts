import { barsOf, type BarSeries, barSeriesFrom, clockOf, runOf } from './bar-series.js';
import {
  anyPrice,
  fillOrKill,
  forTheDay,
  goodTillCancelled,
  immediateOrCancel,
  noTerms,
  type OrderTerms,
  sessionClose,
  sessionOpen,
  termsOf,
} from './broker/order-terms.js';
import type { WorkingOrder } from './broker/working-order.js';
import { atr } from './indicators/index.js';
import type { OrderRequest, Trail } from './order-request.js';
import { splitGrowth } from './actions/growth.js';
import { inFirstUnits } from './actions/in-first-units.js';
import { annualVolatility } from './order-size.js';
import type { Series } from './series.js';

/** What few requests ask for, read once; nothing of it is believed yet. */
export interface FurtherRequest {
  readonly value: unknown;
  readonly equity: unknown;
  readonly risk: unknown;
  readonly volatility: unknown;
  readonly volatilityBars: unknown;
  readonly touch: unknown;
  readonly trail: Distance | undefined;
  readonly at: unknown;
  readonly timeInForce: unknown;
  readonly goodTill: unknown;
  readonly reduceOnly: unknown;
  readonly oco: unknown;
  readonly after: unknown;
  readonly trailingStop: Distance | undefined;
}

interface Distance {
  readonly amount: unknown;
  readonly fraction: unknown;
  readonly atr: unknown;
  readonly bars: unknown;
}

/** What a request asks for beside size, prices and tag; null where that is nothing. */
export function furtherRequest(request: OrderRequest): FurtherRequest | null {
  const { value, equity, risk, volatility, volatilityBars, touch, trail, at } = request;
  const { timeInForce, goodTill, reduceOnly, oco, after, trailingStop } = request;
  if (
    value === undefined &&
    equity === undefined &&
    risk === undefined &&
    volatility === undefined &&
    touch === undefined &&
    trail === undefined &&
    at === undefined &&
    timeInForce === undefined &&
    goodTill === undefined &&
    reduceOnly === undefined &&
    oco === undefined &&
    after === undefined &&
    trailingStop === undefined &&
    volatilityBars === undefined
  ) {
    return null;
  }
  return {
    ...{ value, equity, risk, volatility, volatilityBars, touch, at, timeInForce, goodTill, reduceOnly, oco, after },
    trail: distanceOf(trail),
    trailingStop: distanceOf(trailingStop),
  };
}

function distanceOf(trail: Trail | undefined): Distance | undefined {
  if (trail === undefined) return undefined;
  const none = { amount: undefined, fraction: undefined, atr: undefined, bars: undefined };
  if (typeof trail !== 'object' || (trail as unknown) === null) return { ...none, amount: trail };
  const { fraction, atr: ranges, bars } = { ...none, ...trail };
  return { ...none, fraction, atr: ranges, bars };
}

/** Turns what a strategy further asks for into plain numbers, at the current bar. */
export class FurtherTerms {
  /** Average true ranges by series and window; each is computed once, over all bars, and read up to the current one. */
  readonly #ranges = new Map<BarSeries, Map<number, Series>>();

  /** @throws RangeError for what makes no sense */
  terms(
    method: string,
    further: FurtherRequest,
    bars: BarSeries,
    waiting: (name: 'oco' | 'after', order: unknown) => WorkingOrder,
  ): OrderTerms | null {
    const { touch, goodTill, oco, after, reduceOnly, at, timeInForce } = further;
    if (reduceOnly !== undefined && typeof reduceOnly !== 'boolean') {
      throw new RangeError(`${method}: reduceOnly is ${String(reduceOnly)}; give true or false, or leave it out.`);
    }
    const [trail, trailFraction] = this.#distance(method, 'trail', further.trail, bars);
    const [stopTrail, stopTrailFraction] = this.#distance(method, 'trailingStop', further.trailingStop, bars);
    return termsOf({
      ...noTerms,
      ...{ trail, trailFraction, stopTrail, stopTrailFraction },
      touch: touch === undefined ? NaN : numberOf(method, 'touch', touch),
      goodTill: goodTill === undefined ? NaN : numberOf(method, 'goodTill', goodTill),
      session: at === undefined ? anyPrice : wordOf(method, 'at', sessions, at),
      timeInForce: timeInForce === undefined ? goodTillCancelled : wordOf(method, 'timeInForce', times, timeInForce),
      reduceOnly: reduceOnly === true,
      oco: oco === undefined ? -1 : waiting('oco', oco).row,
      after: after === undefined ? -1 : waiting('after', after).row,
    });
  }

  /** In the price's unit, and as a fraction; NaN what it is not. */
  #distance(method: string, name: string, asked: Distance | undefined, bars: BarSeries): [number, number] {
    if (!asked) return [NaN, NaN];
    if (asked.fraction !== undefined && asked.atr !== undefined) {
      throw new RangeError(`${method}: ${name} has fraction and atr; give one of them.`);
    }
    if (asked.fraction !== undefined) return [NaN, numberOf(method, `${name}.fraction`, asked.fraction)];
    if (asked.atr === undefined) return [numberOf(method, name, asked.amount), NaN];
    const window = asked.bars === undefined ? 14 : asked.bars;
    const ranges = amountOf(method, `${name}.atr`, asked.atr);
    return [ranges * this.#rangeOf(method, name, bars, window), NaN];
  }

  #rangeOf(method: string, name: string, bars: BarSeries, window: unknown): number {
    if (typeof window !== 'number' || !Number.isInteger(window) || window < 1) {
      throw new RangeError(`${method}: ${name}.bars is ${String(window)}; give a whole number of bars, 1 or more.`);
    }
    const known = this.#ranges.get(bars) ?? new Map<number, Series>();
    this.#ranges.set(bars, known);
    const series = known.get(window) ?? atr(withoutSplits(bars), window);
    known.set(window, series);
    const range = series.now / (splitGrowth(barsOf(bars))?.[bars.index] ?? 1);
    if (range > 0) return range;
    throw new RangeError(
      `${method}: ${name} needs the average true range of ${window} bars, which is ${range} at bar ${bars.index}; ` +
        'wait until so many bars are known and have moved.',
    );
  }
}

/** The same bars in terms of the first one's units: to them a split is no range. */
function withoutSplits(bars: BarSeries): BarSeries {
  const raw = barsOf(bars);
  const inUnits = inFirstUnits(raw);
  return inUnits === raw ? bars : barSeriesFrom(inUnits, clockOf(bars), runOf(bars));
}

/** What decides how many units a value, a risk or a volatility comes to. */
export interface Sizing {
  readonly further: FurtherRequest;
  /** What the order is expected to fill at. */
  readonly price: number;
  readonly equity: number;
  /** Distance from that price to the stop loss; NaN without one. */
  readonly riskPerUnit: number;
  readonly bars: BarSeries;
}

/** The units that a request names by another measure; 0 where it names none, or several. */
export function unitsOf(method: string, { further, price, equity, riskPerUnit, bars }: Sizing): number {
  const { value, equity: share, risk, volatility, volatilityBars } = further;
  if (value !== undefined) return amountOf(method, 'value', value) / price;
  if (share !== undefined) return (amountOf(method, 'equity', share) * equity) / price;
  if (risk !== undefined) {
    if (riskPerUnit > 0) return (amountOf(method, 'risk', risk) * equity) / riskPerUnit;
    throw new RangeError(`${method}: risk needs a stopLoss or trailingStop: without one, what is lost has no bound.`);
  }
  if (volatility === undefined) {
    if (volatilityBars === undefined) return 0;
    throw new RangeError(`${method}: volatilityBars stands alone; give volatility too, or leave it out.`);
  }
  const window = volatilityBars === undefined ? 20 : volatilityBars;
  if (typeof window !== 'number' || !Number.isInteger(window) || window < 2) {
    throw new RangeError(`${method}: volatilityBars is ${String(window)}; give a whole number of bars, 2 or more.`);
  }
  const moves = annualVolatility(inFirstUnits(barsOf(bars)), bars.index, window);
  if (moves > 0) return (amountOf(method, 'volatility', volatility) * equity) / (price * moves);
  throw new RangeError(
    `${method}: volatility needs ${window} bars that have moved; over those before bar ${bars.index} it is ${moves}. ` +
      'Wait until so many are known.',
  );
}

/** How many of a request's measures of size are given. */
export function sizesGiven(size: unknown, fraction: unknown, further: FurtherRequest): string[] {
  const { value, equity, risk, volatility } = further;
  return Object.entries({ size, fraction, value, equity, risk, volatility })
    .filter(([, given]) => given !== undefined)
    .map(([name]) => name);
}

const sessions: Readonly<Record<string, number>> = { open: sessionOpen, close: sessionClose };
const times: Readonly<Record<string, number>> = {
  gtc: goodTillCancelled,
  day: forTheDay,
  ioc: immediateOrCancel,
  fok: fillOrKill,
};

function wordOf(method: string, name: string, words: Readonly<Record<string, number>>, value: unknown): number {
  const word = String(value);
  if (typeof value === 'string' && Object.hasOwn(words, word)) return words[word]!;
  throw new RangeError(`${method}: ${name} is ${word}; give ${Object.keys(words).join(', ')}, or leave it out.`);
}

/** A size or share: 0, which stands for none, is as wrong as any number that is not above it. */
export function amountOf(method: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new RangeError(`${method}: ${name} is ${String(value)}; give a number above 0, or leave it out.`);
}

export function numberOf(method: string, name: string, value: unknown): number {
  if (typeof value === 'number' && value === value) return value;
  throw new RangeError(`${method}: ${name} is ${String(value)}; give a number, or leave it out.`);
}
