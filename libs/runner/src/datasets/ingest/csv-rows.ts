import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { CsvRecords, type CsvRecord } from './csv-records.js';
import { sniffDialect, type Dialect } from './dialect.js';
import { textReading } from './file-reading.js';
import { layoutFromHeader } from './header-layout.js';
import { layoutWithoutHeader } from './headerless-layout.js';
import type { Layout } from './layout.js';
import { cellText, numberOf } from './read-number.js';
import { numericDateParts, type TimeFormat } from './read-time.js';
import { RowReader } from './row-reader.js';
import type { RowTable } from './row-table.js';
import { sampleText } from './sample-text.js';
import { dateOrder, refuseOpenOrder, refuseUnknownTime, sniffTime } from './sniff-time.js';
import { dateFromFileName, symbolFromFileName } from './symbol-name.js';
import type { TextSource } from './text-source.js';
import { WideRows } from './wide-rows.js';

const encodings: Readonly<Record<string, string>> = {
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252',
};

/** Reads a text file's rows. `onBytes` hears how much text was read. */
export async function readCsvRows(
  source: TextSource,
  options: IngestOptions,
  onBytes: (count: number) => void,
): Promise<RowTable> {
  const sample = await sampleText(source);
  const dialect = sniffDialect(sample.bytes, sample.complete, source.name);
  if (dialect.rows.length === 0) throw new DataRefused(`${source.name} has a header but no row of data.`);
  const symbols = symbolsOf(dialect, options, source.name);
  const { layout } = symbols[0]!;
  const time = await timeFormatOf(source, dialect, layout, options);
  const title = dialect.titles?.[layout.time]?.toLowerCase() ?? '';
  const form = {
    format: time.format,
    mark: dialect.mark,
    width: dialect.width,
    sampleRows: dialect.rows,
    isWide: symbols.length > 1,
  };
  const forms = symbols.map((one) => ({ layout: one.layout, form: { ...form, symbol: one.symbol } }));
  const reader = forms.length === 1 ? new RowReader(layout, forms[0]!.form) : new WideRows(forms);
  await eachRecord(source, dialect, (record) => reader.read(record), onBytes);
  const encoding = encodings[sample.encoding];
  return reader.table({
    reading: textReading(dialect, layout, encoding ?? 'UTF-8'),
    statedZone: /utc|gmt/.test(title) || time.format.kind === 'epoch' ? 'UTC' : null,
    notes: [
      ...(encoding ? [`The text was encoded as ${encoding}.`] : []),
      ...dialect.notes,
      ...(time.note ? [time.note] : []),
      ...(/utc|gmt/.test(title)
        ? [`The times are UTC, as the header ${dialect.titles![layout.time]!.trim()} says.`]
        : []),
    ],
  });
}

/** The symbols whose rows a record holds: one, but where the header names several. */
function symbolsOf(dialect: Dialect, options: IngestOptions, name: string): { layout: Layout; symbol: string }[] {
  const { titles, tickers } = dialect;
  const named = [...new Set(tickers)].filter((ticker) => ticker !== '');
  if (!titles || !tickers || named.length === 0) {
    return [{ layout: layoutOf(dialect, options, name), symbol: options.symbol ?? symbolFromFileName(name) }];
  }
  if (options.symbol !== undefined && named.length > 1) {
    throw new DataRefused(`${name} names ${named.length} symbols itself (${named.slice(0, 5).join(', ')}). Say none.`);
  }
  return named.map((ticker) => {
    const isOwn = (place: number) => tickers[place] === ticker;
    const own = titles.map((title, place) => (place === 0 || isOwn(place) ? title : ''));
    const layout = layoutFromHeader(own, options.columns, name);
    return {
      layout: { ...layout, optional: layout.optional.filter(({ place }) => isOwn(place)) },
      symbol: options.symbol ?? ticker,
    };
  });
}

function layoutOf(dialect: Dialect, options: IngestOptions, name: string): Layout {
  if (dialect.titles) {
    const layout = layoutFromHeader(dialect.titles, options.columns, name);
    return options.columns?.['volume'] ? layout : withTickVolume(layout, dialect);
  }
  if (!options.columns) return layoutWithoutHeader(dialect.rows.filter(fits(dialect.width)), dialect.mark, name);
  const numbers = Array.from({ length: dialect.width }, (_, k) => String(k + 1));
  return layoutFromHeader(numbers, options.columns, name);
}

/** MetaTrader leaves the traded volume at 0 where it knows only how many ticks a bar has. */
function withTickVolume(layout: Layout, { rows, mark }: Dialect): Layout {
  const [volume, ...others] = layout.optional;
  const ticks = others.find(({ title }) => /^<?tick_?vol(ume)?>?$/i.test(title.trim()));
  if (volume?.name !== 'volume' || !ticks) return layout;
  const all = (place: number) => rows.every((cells) => numberOf(cells[place] ?? '', mark) === 0);
  if (!all(volume.place) || all(ticks.place)) return layout;
  const kept = others.map((column) => (column === ticks ? { ...volume, name: 'tradedVolume' } : column));
  const note = `Volume is ${ticks.title.trim()}, since ${volume.title.trim()} is 0 in the first rows.`;
  return { ...layout, optional: [{ ...ticks, name: 'volume' }, ...kept], notes: [...layout.notes, note] };
}

const fits = (width: number) => (cells: readonly string[]) => cells.length === width;

async function timeFormatOf(
  source: TextSource,
  dialect: Dialect,
  layout: Layout,
  options: IngestOptions,
): Promise<{ format: TimeFormat; note: string | null }> {
  const cells = dialect.rows.map((row) => row[layout.time] ?? '');
  const sniffed = sniffTime(cells, dateFromFileName(source.name));
  if (sniffed.format === null) {
    throw refuseUnknownTime(source.name, dialect.titles?.[layout.time] ?? String(layout.time + 1), cells);
  }
  if (sniffed.format !== 'undecided-order') return sniffed;
  const order = options.dateOrder ?? (await orderInWholeFile(source, dialect, layout));
  if (order === null) throw refuseOpenOrder(source.name, cells.find((cell) => numericDateParts(cell)) ?? '');
  return { format: { kind: 'numeric', order }, note: `Dates are read as ${order.replaceAll('-', ', ')}.` };
}

/** The first rows leave open which figure is the month; a later one may tell. */
async function orderInWholeFile(source: TextSource, dialect: Dialect, layout: Layout) {
  let order: ReturnType<typeof dateOrder> = null;
  await eachRecord(source, dialect, ({ bytes, starts, ends, count }) => {
    if (layout.time >= count) return true;
    order = dateOrder([cellText(bytes, starts[layout.time]!, ends[layout.time]!)]);
    return order === null;
  });
  return order as ReturnType<typeof dateOrder>;
}

/** Passes on every record of data until one is answered with false. */
async function eachRecord(
  source: TextSource,
  dialect: Dialect,
  visit: (record: CsvRecord) => boolean,
  onBytes: (count: number) => void = () => undefined,
): Promise<void> {
  let more = true;
  const records = new CsvRecords(dialect.delimiter.charCodeAt(0), source.name, (record) => {
    if (record.number <= dialect.skipped || visit(record)) return;
    more = false;
    records.stop();
  });
  const { chunks } = await source.open();
  for await (const chunk of chunks) {
    records.push(chunk);
    onBytes(chunk.length);
    if (!more) return;
  }
  records.end();
}
