import type { IngestOptions, QualityReport, Stamp } from '@quarry/contracts';
import { actionColumns, type Zone } from '@quarry/engine/host';
import { DataRefused } from '../data-refused.js';
import { endOfSessions } from '../known-at.js';
import type { DatasetContent, SeriesColumns } from '../store.js';
import { zoneTable } from '../zone.js';
import { barShift, intervalMicros, intervalName, usualGap } from './bar-interval.js';
import { chooseZone } from './dataset-zone.js';
import { seriesIntervals } from './series-intervals.js';
import { findGaps, type Gap } from './gaps.js';
import { instantsOf, type Instants } from './instants.js';
import { findOutliers, type Outlier } from './outliers.js';
import { dayMicros } from './read-time.js';
import { orderRows, type RowOrder } from './row-order.js';
import type { RowTable } from './row-table.js';
import { bidAskNote, seriesColumns, type NamedColumn } from './series-columns.js';
import type { SeriesBuilder } from './series-builder.js';
import { tradesToBars } from './trade-bars.js';
import { calendarOf } from './session-calendar.js';
import { withActions } from './corporate-actions.js';
import { pricesOf } from './stored-prices.js';
import { checkBars, type BarFindings } from './bar-checks.js';

const listed = 100;
/** A file of which more rows are refused than this share is refused whole. */
const mostRefused = 0.5;

/** One series on its way: rows put in order, times as instants and as wall times of the dataset's zone. */
interface Ordered {
  readonly builder: SeriesBuilder;
  readonly order: RowOrder;
  readonly instants: Instants;
  readonly utc: Float64Array;
  readonly local: Float64Array;
}

/** Turns a file's rows into a dataset: zone, order, interval, stamp, calendar, quality. Throws DataRefused where it is none. */
export function datasetContent(rows: RowTable, options: IngestOptions, fileName: string): DatasetContent {
  refuseBadFile(rows, fileName);
  const makesBars = rows.layout.shape === 'trades' && options.interval !== undefined && options.interval !== 'tick';
  const table = makesBars ? tradesToBars(rows, options.interval!) : rows;
  const { layout, refusals } = table;
  const isTrades = layout.shape === 'trades';
  const choice = chooseZone(table, options.timezone);
  const zone = zoneOver(table.series, choice.timezone);
  const instants = table.series.map((builder) => instantsOf(builder, zone, table.datesOnly, refusals));
  const midnights = instants.every(({ allMidnight }) => allMidnight);
  const ordered = table.series
    .map((builder, k) => putInOrder(builder, instants[k]!, table.datesOnly || midnights, isTrades, table))
    .filter(({ utc }) => utc.length > 0);
  refuseBadFile(table, fileName);

  const intervals = isTrades
    ? ordered.map(() => 'tick')
    : seriesIntervals(
        ordered.map(({ local }) => local),
        options.interval,
        table.datesOnly,
      );
  if (options.interval) ordered.forEach((one) => refuseOverlap(one, options.interval!));
  const longest = Math.max(...intervals.map(intervalMicros));
  const stamp = options.stamp ?? (longest >= dayMicros && (table.datesOnly || midnights) ? 'session-date' : 'open');
  if (stamp === 'session-date' && longest < dayMicros) {
    throw new DataRefused(
      `Stamp session-date is for bars of a day or longer; those of ${fileName} are ${intervals[0]}.`,
    );
  }
  const divisor = options.priceDivisor ?? 1;
  const findings: Findings = { gaps: [], outliers: [], checks: [], wholePrices: true };
  const series = ordered.map((one, k): SeriesColumns => {
    const interval = intervals[k]!;
    const { time, knownAt } = barTimes(one, interval, stamp, choice.timezone);
    const columns = seriesColumns(one.builder, layout, one.order.order, divisor);
    inspect(one, interval, time, columns, findings);
    return {
      symbol: one.builder.symbol,
      interval,
      columns: [{ name: 'time', values: time }, { name: 'knownAt', values: knownAt }, ...columns],
    };
  });
  const calendar = calendarOf(ordered[0]!.local, longest);
  const locals = ordered.map((one, k) => {
    const time = series[k]!.columns[0]!.values;
    return stamp === 'session-date' ? time : shiftedLocal(one, time);
  });
  ordered.forEach((one, k) => {
    const time = series[k]!.columns[0]!.values;
    const local = locals[k]!;
    findings.gaps.push(...findGaps({ symbol: one.builder.symbol, interval: intervals[k]!, calendar, time, local }));
  });
  const dated = series.map((one, k) => ({ ...one, local: locals[k]! }));
  const acted = options.actions ? withActions(dated, options.actions) : { columns: null, leftOut: 0 };
  const stored = series.map((one, k) => ({ ...one, columns: acted.columns?.[k] ?? one.columns }));
  const found = pricesOf(stored, options.prices, options.actions !== undefined);
  if (found.prices === 'raw') findings.outliers = findings.outliers.filter(isNoSplit(stored));
  return {
    name: options.name,
    series: stored,
    prices: found.prices,
    stamp,
    timezone: choice.timezone,
    calendar,
    source: options.source ?? fileName,
    licence: options.licence ?? 'not stated',
    quality: qualityReport(table, ordered, findings, [
      ...table.notes,
      ...(choice.note ? [choice.note] : []),
      ...stampNotes(stamp, options, intervals, isTrades),
      ...scaleNotes(divisor, findings),
      ...found.notes,
      ...(acted.leftOut > 0 ? [`${acted.leftOut} of the actions lie before or after all bars and were left out.`] : []),
      ...(layout.shape === 'bid-ask' ? [bidAskNote] : []),
    ]),
  };
}

/** A jump where a split is known is what it should be. */
function isNoSplit(series: readonly SeriesColumns[]): (outlier: Outlier) => boolean {
  const splits = new Set<string>();
  for (const { symbol, columns } of series) {
    const ratios = columns.find(({ name }) => name === actionColumns.splits)?.values;
    ratios?.forEach((ratio, bar) => ratio > 0 && splits.add(`${columns[0]!.values[bar]} ${symbol}`));
  }
  return ({ symbol, time }) => !splits.has(`${time} ${symbol}`);
}

interface Findings {
  gaps: Gap[];
  outliers: Outlier[];
  checks: BarFindings[];
  wholePrices: boolean;
}

function inspect(
  one: Ordered,
  interval: string,
  time: Float64Array,
  columns: readonly NamedColumn[],
  into: Findings,
): void {
  const [open, high, low, close, volume] = columns.map(({ values }) => values);
  const bars = { time, open: open!, high: high!, low: low!, close: close!, volume: volume! };
  into.checks.push(checkBars(bars));
  if (interval !== 'tick') into.outliers.push(...findOutliers(one.builder.symbol, bars));
  into.wholePrices &&= [bars.open, bars.high, bars.low, bars.close].every((prices) =>
    prices.every((price) => Number.isInteger(price) && price >= 10_000),
  );
}

/** Refuses a file that yields nothing, or less than it refuses; the sentence names the first bad row and its value. */
function refuseBadFile({ rowsRead, refusals }: RowTable, fileName: string): void {
  if (rowsRead === 0) throw new DataRefused(`${fileName} has no row of data.`);
  const [first] = refusals.list;
  if (!first || refusals.count <= mostRefused * rowsRead) return;
  const share =
    refusals.count === rowsRead
      ? `None of the ${rowsRead} rows`
      : `Only ${rowsRead - refusals.count} of ${rowsRead} rows`;
  throw new DataRefused(
    `${share} of ${fileName} can be used. Row ${first.row} ${first.reason}: ${first.text.slice(0, 100)}. Mend the file, or say how to read it (columns, timezone, dateOrder).`,
  );
}

function zoneOver(series: readonly SeriesBuilder[], timezone: string): Zone {
  let from = Infinity;
  let to = -Infinity;
  for (const { length, stamps } of series) {
    for (let i = 0; i < length; i++) {
      const stamp = stamps[i]!;
      if (stamp < from) from = stamp;
      if (stamp > to) to = stamp;
    }
  }
  return zoneTable(timezone, from - 2 * dayMicros, to + 2 * dayMicros);
}

function putInOrder(
  builder: SeriesBuilder,
  instants: Instants,
  byLabel: boolean,
  isTrades: boolean,
  table: RowTable,
): Ordered {
  const order = orderRows(builder, byLabel ? markLost(instants) : instants.utc, isTrades, table.refusals);
  const pick = (values: Float64Array) =>
    order.order ? Float64Array.from(order.order, (row) => values[row]!) : values.subarray(0, builder.length);
  return { builder, order, instants, utc: pick(instants.utc), local: pick(instants.local) };
}

function markLost({ utc, local }: Instants): Float64Array {
  return local.map((label, row) => (Number.isNaN(utc[row]!) ? NaN : label));
}

/** A stated length must not be far longer than the distance of rows. */
function refuseOverlap({ builder, local }: Ordered, interval: string): void {
  const gap = usualGap(local);
  if (!(intervalMicros(interval) > 1.5 * gap)) return;
  throw new DataRefused(
    `Rows of ${builder.symbol} are usually ${intervalName(gap) ?? `${gap / 1_000_000} s`} apart: bars of ${interval} would overlap. Say an interval that fits, or none.`,
  );
}

function barTimes({ utc, local }: Ordered, interval: string, stamp: Stamp, timezone: string) {
  if (interval === 'tick') return { time: utc, knownAt: utc };
  if (stamp === 'session-date') {
    const time = local.map((label) => Math.floor(label / dayMicros) * dayMicros);
    return { time, knownAt: endOfSessions(time, interval, timezone) };
  }
  const shift = barShift(interval);
  if (stamp === 'close') return { time: utc.map((end) => shift(end, -1)), knownAt: utc };
  return { time: utc, knownAt: utc.map((start) => shift(start, 1)) };
}

/** Wall times of bar starts: those of the stamps, moved as the stamps were. */
function shiftedLocal({ utc, local }: Ordered, time: Float64Array): Float64Array {
  return time.map((start, row) => local[row]! + (start - utc[row]!));
}

function stampNotes(stamp: Stamp, options: IngestOptions, intervals: readonly string[], isTrades: boolean): string[] {
  if (isTrades)
    return ['Each row is a trade, kept as a tick with one price, known at once. Say interval to make bars of them.'];
  const length = [...new Set(intervals)].slice(0, 5).join(', ');
  const how = options.interval ? 'as said' : 'the usual distance of rows';
  const meaning = {
    open: `The stamps are taken as the start of each bar${options.stamp ? ', as said' : '; say stamp close if they are its end'}.`,
    close: 'The stamps are the end of each bar, as said.',
    'session-date':
      'The stamps are dates; a bar is known once its length from that date has passed in the dataset’s zone.',
  } satisfies Record<Stamp, string>;
  return [`Bars are ${length} long (${how}).`, meaning[stamp]];
}

function scaleNotes(divisor: number, { wholePrices }: Findings): string[] {
  if (divisor !== 1) return [`Prices were divided by ${divisor}, as said.`];
  if (!wholePrices) return [];
  return [
    'All prices are whole numbers of 10000 or more, kept as they are. If they are scaled, say priceDivisor, such as 10000.',
  ];
}

function qualityReport(
  table: RowTable,
  ordered: readonly Ordered[],
  findings: Findings,
  notes: readonly string[],
): QualityReport {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const doubled = sum(ordered.map(({ instants }) => instants.doubled));
  const outOfOrder = sum(ordered.map(({ order }) => order.outOfOrder));
  const newestFirst = outOfOrder > 0 && ordered.every(({ order }) => order.newestFirst);
  return {
    rowsRead: table.rowsRead,
    rowsKept: sum(ordered.map(({ utc }) => utc.length)) + table.mergedRows,
    rowsRefused: table.refusals.count,
    refused: table.refusals.list.slice(0, listed),
    duplicates: sum(ordered.map(({ order }) => order.duplicates)),
    outOfOrder,
    gapCount: findings.gaps.length,
    gaps: findings.gaps.slice(0, listed),
    ohlcViolations: sum(findings.checks.map((one) => one.ohlcViolations)),
    nonPositivePrices: sum(findings.checks.map((one) => one.nonPositivePrices)),
    zeroVolume: sum(findings.checks.map((one) => one.zeroVolume)),
    outlierCount: findings.outliers.length,
    outliers: findings.outliers.slice(0, listed),
    notes: [
      ...notes,
      ...(table.flooredTimes > 0
        ? [`${table.flooredTimes} times had parts of a microsecond, which were cut off.`]
        : []),
      ...(newestFirst
        ? ['Rows ran newest first and were turned round.']
        : outOfOrder > 0
          ? ['Rows were sorted by time.']
          : []),
      ...(doubled > 0 ? [`${doubled} times in the hour that came twice were told apart by the order of rows.`] : []),
    ],
  };
}
