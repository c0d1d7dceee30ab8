import type { DatasetInfo } from '@quarry/contracts';
import { fixed, moment } from '@quarry/contracts';
import type { Paint } from '../terminal/paint.js';
import { printable } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { inFlags } from './option-words.js';

const listShown = 5;

/** What a dataset holds, where it is from and how clean it is, as text. */
export function datasetWords(info: DatasetInfo, paint: Paint): string {
  const rows = info.series.map((series) => [
    printable(series.symbol),
    series.interval,
    fixed(series.rows, 0),
    moment(series.from),
    moment(series.to),
    printable(series.columns.join(' ')),
  ]);
  const [titles = '', ...lines] = table(
    [
      { title: 'Symbol', align: 'left' },
      { title: 'Bar', align: 'left' },
      { title: 'Rows', align: 'right' },
      { title: 'From', align: 'left' },
      { title: 'To', align: 'left' },
      { title: 'Columns', align: 'left' },
    ],
    rows,
  );
  const text = [
    `${paint.bold(printable(info.name))}  ${paint.faint(`stamps mean ${meanings[info.stamp]}; zone ${info.timezone}; calendar ${info.calendar}`)}`,
    '',
    `  ${paint.faint(titles)}`,
    ...lines.map((line) => `  ${line}`),
    '',
    ...quality(info, paint),
    '',
    ...(info.prices ? [`Prices   ${info.prices}`] : []),
    `Source   ${printable(info.source)}`,
    `Licence  ${printable(info.licence)}`,
    `Version  ${info.version}`,
  ];
  return `${text.join('\n')}\n`;
}

const meanings = {
  open: 'the start of the bar',
  close: 'the end of the bar',
  'session-date': 'the date of the session',
} satisfies Record<DatasetInfo['stamp'], string>;

function quality({ quality: found }: DatasetInfo, paint: Paint): string[] {
  const counts: readonly (readonly [number, string])[] = [
    [found.rowsRefused, 'rows refused'],
    [found.duplicates, 'duplicates'],
    [found.outOfOrder, 'out of order'],
    [found.gapCount, 'gaps'],
    [found.ohlcViolations, 'bars whose high or low contradict their open or close'],
    [found.nonPositivePrices, 'prices of zero or less'],
    [found.zeroVolume, 'bars without volume'],
    [found.outlierCount, 'outliers'],
  ];
  const flaws = counts
    .filter(([count]) => count > 0)
    .map(([count, name]) => `  ${fixed(count, 0).padStart(9)}  ${name}`);
  return [
    `${paint.bold('Quality')}  ${fixed(found.rowsKept, 0)} of ${fixed(found.rowsRead, 0)} rows kept`,
    ...(flaws.length > 0 ? flaws : ['  nothing found amiss']),
    ...found.refused.slice(0, listShown).map(({ row, reason }) => `  row ${row}: ${printable(reason)}`),
    ...found.outliers
      .slice(0, listShown)
      .map(
        ({ symbol, time, change, reason }) =>
          `  ${printable(symbol)} ${moment(time)} (${fixed(change * 100, 1)} %): ${printable(reason)}`,
      ),
    ...found.notes.map((note) => `  ${printable(inFlags(note))}`),
  ];
}
