import { bell, mulberry32 } from './made-up-numbers.js';

/** One made-up stock's daily bars; `time` is the session's date as a label at 00:00 UTC. */
export interface Stock {
  readonly symbol: string;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

const day = 86_400_000_000;
const start = 1_262_563_200_000_000; // Monday, 2010-01-04
const weeks = 522;
const count = 40;
/** Of the market, and of a stock beside it, a day: about 16 % and 24 % a year. */
const marketVolatility = 0.01;
const ownVolatility = 0.015;
const marketGrowth = 0.0003;

/**
 * Forty made-up stocks of one market, Monday to Friday, from a seed. A stock's own growth wanders slowly, so that what
 * went well for a year tends to go on for a while: that is put in by hand, and what a strategy earns on it shows that the
 * strategy finds it, not that markets are like this. Some stocks begin later, some end early, and now and then one is
 * not traded for a day. Only arithmetic whose result IEEE 754 fixes is used, so every machine makes the same bars.
 */
export function generateStocks(seed: number): Stock[] {
  const random = mulberry32(seed);
  const market = Array.from({ length: weeks * 5 }, () => marketGrowth + marketVolatility * bell(random));
  return Array.from({ length: count }, (_, index) => stockOf(index, market, random));
}

function stockOf(index: number, market: readonly number[], random: () => number): Stock {
  const from = index % 8 === 5 ? Math.floor(random() * market.length * 0.5) : 0;
  const to = index % 10 === 7 ? Math.floor(market.length * (0.6 + 0.3 * random())) : market.length;
  const beta = 0.6 + 0.8 * random();
  const rows: number[][] = [];
  let price = 20 + 80 * random();
  let growth = 0;
  for (let session = from; session < to; session++) {
    growth = growth * 0.995 + 0.00008 * bell(random);
    const overnight = 0.004 * bell(random);
    const own = growth + ownVolatility * bell(random);
    const open = cents(price * (1 + overnight));
    price = Math.max(1, open * (1 + beta * market[session]! + own));
    const close = cents(price);
    const reach = 0.006 * random();
    const high = cents(Math.max(open, close) * (1 + reach));
    const low = cents(Math.min(open, close) * (1 - reach));
    const volume = 100 * Math.floor(1_000 + 20_000 * random());
    const isTraded = random() >= 0.002;
    if (isTraded) rows.push([dateOf(session), open, high, low, close, volume]);
  }
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]!);
  const symbol = `S${String(index + 1).padStart(2, '0')}`;
  return {
    ...{ symbol, time: column(0), open: column(1), high: column(2) },
    ...{ low: column(3), close: column(4), volume: column(5) },
  };
}

/** Sessions are the weekdays, without holidays. */
function dateOf(session: number): number {
  return start + (Math.floor(session / 5) * 7 + (session % 5)) * day;
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
