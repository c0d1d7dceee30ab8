import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { baseColumns } from '../store.js';
import type { Layout, NumberColumn } from './layout.js';

/** What vendors call our columns, without case and punctuation, the likeliest first. */
const vendorNames = {
  time: [
    ...['datetime', 'timestamp', 'timestamputc', 'datetimeutc', 'dateutc', 'date', 'opentime', 'time', 'gmttime'],
    ...[
      'localtime',
      'epoch',
      'unix',
      'unixtime',
      'unixtimestamp',
      'ts',
      'tsevent',
      't',
      'day',
      'period',
      'indexlevel0',
      'periodstart',
    ],
    ...[
      'starttime',
      'start',
      'timeutc',
      'dateandtime',
      'tradingday',
      'tradedate',
      'datum',
      'index',
      'closetime',
      'endtime',
    ],
  ],
  open: ['open', 'o', 'openprice', 'opening', 'priceopen'],
  high: ['high', 'h', 'highprice', 'pricehigh', 'max'],
  low: ['low', 'l', 'lowprice', 'pricelow', 'min'],
  close: ['close', 'c', 'closeprice', 'closelast', 'priceclose', 'closing', 'last', 'settle'],
  volume: ['volume', 'vol', 'v', 'volumetraded', 'sharevolume', 'basevolume', 'tickvolume', 'tickvol', 'volumefrom'],
  price: ['price', 'value', 'tradeprice', 'lastprice', 'px', 'p'],
  quantity: ['quantity', 'qty', 'size', 'amount', 'tradesize', 'volume', 'vol', 'v', 'q'],
  symbol: ['symbol', 'ticker', 'sym', 'instrument', 'pair', 'tic', 'asset', 'contract', 'name', 'code', 'security'],
  bid: ['bid', 'bidprice', 'bestbid', 'bidpx'],
  ask: ['ask', 'askprice', 'bestask', 'askpx', 'offer'],
  tradeId: ['tradeid', 'aggid', 'aggregatetradeid', 'buyermaker', 'isbuyermaker', 'aggressorside', 'side'],
} as const;

type Role = keyof typeof vendorNames;

/** A header without case, punctuation, brackets and leading figures: `1. open`, `<OPEN>` and `Open` are one. */
function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^\d+/, '');
}

/** Finds each thing's column by the header. Throws DataRefused where time or price has none. */
export function layoutFromHeader(titles: readonly string[], columns: IngestOptions['columns'], name: string): Layout {
  const stated = statedPlaces(titles, columns ?? {}, name);
  const plain = titles.map(plainTitle);
  const bare = titles.map((title) => plainTitle(title.replace(/[([][^)\]]*[)\]]\s*$/, '')));
  const find = (role: Role): number | null => {
    const said = stated[role];
    if (said !== undefined) return said;
    for (const alias of vendorNames[role]) {
      const place = plain.findIndex((title, at) => title === alias && !Object.values(stated).includes(at));
      if (place >= 0) return place;
    }
    for (const alias of vendorNames[role]) {
      const place = bare.findIndex((title, at) => title === alias && !Object.values(stated).includes(at));
      if (place >= 0) return place;
    }
    return null;
  };
  const listed = titles.map((title) => title.trim() || '(blank)').join(', ');
  const time = find('time') ?? (plain[0] === '' || plain[0] === 'unnamed0' ? 0 : null);
  if (time === null) {
    throw new DataRefused(
      `${name} has no column for time among ${listed}. Say which one is it, such as columns time=${titles[0]?.trim() || '1'}.`,
    );
  }
  const clock = clockPlace(plain, time, stated['time'] !== undefined);
  const symbol = find('symbol');
  const taken = [time, clock, symbol].filter((place) => place !== null);
  const places = {
    open: find('open'),
    high: find('high'),
    low: find('low'),
    close: find('close'),
    volume: find('volume'),
  };
  const { open, high, low, close, volume } = places;
  const build = (
    shape: Layout['shape'],
    required: Record<string, number>,
    traded: number | null,
    notes: string[],
  ): Layout => {
    const used = [...taken, ...Object.values(required), ...(traded === null ? [] : [traded])];
    return {
      shape,
      time,
      clock,
      symbol,
      required: Object.entries(required).map(([key, place]) => ({ name: key, place, title: titles[place]! })),
      optional: [
        ...(traded === null ? [] : [{ name: 'volume', place: traded, title: titles[traded]! }]),
        ...extraColumns(titles, used, stated),
      ],
      notes,
    };
  };

  if (open !== null && high !== null && low !== null && close !== null) {
    return build('bars', { open, high, low, close }, volume, []);
  }
  const price = find('price') ?? (open === null && high === null && low === null ? close : null);
  if (price !== null && open === null) {
    const isTrades = plain.some((title) => (vendorNames.tradeId as readonly string[]).includes(title));
    if (isTrades) return build('trades', { price }, find('quantity'), []);
    const told = `Only a price is given (${titles[price]!.trim()}): open, high, low and close are all that price.`;
    return build('price', { price }, volume, [told]);
  }
  if (find('bid') !== null && find('ask') !== null) {
    throw new DataRefused(
      `${name} holds quotes (bid and ask), neither bars nor trades. Make bars of them first, or bring the trades.`,
    );
  }
  const missing = Object.entries(places).filter(([key, place]) => place === null && key !== 'volume');
  throw new DataRefused(
    `${name} has no column for ${missing.map(([key]) => key).join(', ')} among ${listed}. ` +
      `Say which is which, such as columns ${missing[0]![0]}=${titles[1]?.trim() || '2'}.`,
  );
}

/** Date and clock time in two columns, as `<DATE>,<TIME>` of MetaTrader. */
function clockPlace(plain: readonly string[], time: number, stated: boolean): number | null {
  if (stated || !['date', 'dateutc', 'tradedate', 'tradingday', 'day'].includes(plain[time]!)) return null;
  const place = plain.findIndex((title) => ['time', 'timeutc', 'hour', 'clock'].includes(title));
  return place < 0 ? null : place;
}

function statedPlaces(
  titles: readonly string[],
  columns: Readonly<Record<string, string>>,
  name: string,
): Partial<Record<string, number>> {
  const places: Partial<Record<string, number>> = {};
  for (const [ours, theirs] of Object.entries(columns)) {
    let place = titles.findIndex((title) => title.trim() === theirs.trim());
    if (place < 0)
      place = titles.findIndex((title) => plainTitle(title) === plainTitle(theirs) && plainTitle(theirs) !== '');
    if (place < 0 && /^\d+$/.test(theirs) && Number(theirs) >= 1 && Number(theirs) <= titles.length)
      place = Number(theirs) - 1;
    if (place < 0) {
      throw new DataRefused(
        `${name} has no column ${theirs} for ${ours}. It has ${titles.map((title) => title.trim()).join(', ')}.`,
      );
    }
    places[ours] = place;
  }
  return places;
}

/** The vendor's further columns under names that a strategy can write: `Adj Close` -> `adjClose`. */
function extraColumns(
  titles: readonly string[],
  used: readonly number[],
  stated: Partial<Record<string, number>>,
): NumberColumn[] {
  const names = new Set<string>(baseColumns);
  const extras: NumberColumn[] = [];
  titles.forEach((title, place) => {
    if (used.includes(place)) return;
    const said = Object.keys(stated).find((name) => stated[name] === place);
    const base = extraName(said ?? title) || `column${place + 1}`;
    let name = base;
    for (let n = 2; names.has(name); n++) name = `${base}${n}`;
    names.add(name);
    extras.push({ name, place, title });
  });
  return extras;
}

function extraName(title: string): string {
  const words =
    title
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words
    .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word[0]!.toLowerCase() + word.slice(1)))
    .map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, 64);
  if (joined === 'adjclose') return 'adjClose';
  return /^[0-9]/.test(joined) ? `n${joined}` : joined;
}
