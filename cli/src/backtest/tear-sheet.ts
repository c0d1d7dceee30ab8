import type { Report, ReportMetric } from '@quarry/contracts';
import { actionsInWords, costsInWords, figure, fixed, moment, pricesInWords, settingsInWords } from '@quarry/contracts';
import { headline, metricGroups } from '@quarry/runner';
import type { Paint } from '../terminal/paint.js';
import { printable } from '../terminal/paint.js';
import { sparkline } from '../terminal/sparkline.js';
import { table } from '../terminal/table.js';

const sparklineWidth = 64;
const drawdownsShown = 5;
const symbolsShown = 5;
const labelWidth = 28;
const valueWidth = 16;

/** The report of a run that succeeded, as text of at most about 100 columns. The same report gives the same text. */
export function tearSheet(report: Report, paint: Paint): string {
  const sections = [
    head(report, paint),
    firstFigures(report, paint),
    curve(report, paint),
    ...metricGroups(report).map(({ name, metrics }) => [
      paint.bold(name),
      ...metrics.map((metric) => metricLine(metric, paint)),
    ]),
    drawdowns(report, paint),
    trades(report, paint),
    symbols(report, paint),
    costs(report, paint),
    actions(report, paint),
    settings(report, paint),
    warnings(report, paint),
    hashes(report, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

function head({ strategyName, bars, manifest }: Report, paint: Paint): string[] {
  const params = Object.entries(manifest?.params ?? {}).map(([name, value]) => `${name}=${value}`);
  const name = paint.bold(printable(strategyName));
  const title = params.length > 0 ? `${name}  ${paint.faint(printable(params.join(' ')))}` : name;
  if (bars === null) return [title];
  const data = manifest?.data.map(({ dataset }) => dataset).join(', ') ?? '';
  const range = rangeInWords(bars.from, bars.to);
  return [title, printable(`${bars.symbol} from ${data}: ${figure(bars.count, 'bars')} of ${bars.interval}, ${range}`)];
}

/** Days stand alone, times say that they are UTC. */
function rangeInWords(from: number, to: number): string {
  const range = `${moment(from)} to ${moment(to)}`;
  return range.includes(':') ? `${range} UTC` : range;
}

/** The figures that are read first, side by side. */
function firstFigures(report: Report, paint: Paint): string[] {
  const cells = [
    ...headline(report).map(({ label, value, unit }) => [label, figure(value, unit)] as const),
    ['Trades', fixed(report.tradeCount, 0)] as const,
  ];
  const row = (pick: 0 | 1) =>
    cells.map((cell) => cell[pick].padStart(Math.max(...cell.map((text) => text.length)))).join('   ');
  return [paint.faint(row(0)), paint.bold(row(1))];
}

function curve({ curve: { equity, drawdown }, manifest }: Report, paint: Paint): string[] {
  const last = equity.at(-1);
  if (last === undefined || manifest === null) return [];
  const deepest = drawdown.reduce((least, value) => Math.min(least, value), 0);
  return [
    `Equity    ${paint.green(sparkline(equity, sparklineWidth))}  ${fixed(manifest.settings.cash, 2)} to ${fixed(last, 2)}`,
    `Drawdown  ${paint.red(sparkline(drawdown, sparklineWidth))}  ${figure(deepest, 'fraction')} at worst`,
  ];
}

function metricLine({ label, value, unit, basis }: ReportMetric, paint: Paint): string {
  const number = figure(value, unit).padStart(valueWidth);
  return `  ${label.padEnd(labelWidth)}${Number(value) < 0 ? paint.red(number) : number}  ${paint.faint(basis)}`;
}

function drawdowns({ drawdowns: worst }: Report, paint: Paint): string[] {
  if (worst.length === 0) return [];
  const days = (microseconds: number) => fixed(microseconds / 86_400e6, 0);
  const rows = worst
    .slice(0, drawdownsShown)
    .map(({ depth, peakTime, troughTime, recoveryTime }) => [
      figure(-depth, 'fraction'),
      moment(peakTime),
      moment(troughTime),
      recoveryTime === null ? 'not yet' : moment(recoveryTime),
      days(troughTime - peakTime),
      recoveryTime === null ? '–' : days(recoveryTime - peakTime),
    ]);
  const columns = ['Depth', 'Peak', 'Trough', 'Recovered', 'Days down', 'Days in all'];
  const [titles = '', ...lines] = table(
    columns.map((title) => ({ title, align: 'right' })),
    rows,
  );
  return [paint.bold('Worst drawdowns'), `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)];
}

function trades({ trades: all, tradeCount, orderCounts }: Report, paint: Paint): string[] {
  const { filled, cancelled, rejected, open, expired, partiallyFilled } = orderCounts;
  const seldom = [[expired, 'expired'] as const, [partiallyFilled, 'filled in part'] as const];
  const more = seldom.map(([count, what]) => (count > 0 ? `, ${count} ${what}` : '')).join('');
  const orders = `  Orders: ${filled} filled, ${cancelled} cancelled, ${rejected} rejected, ${open} still waiting${more}`;
  if (all.length === 0) return [paint.bold('Trades'), '  none', orders];

  const byProfit = [...all].sort((a, b) => b.pnl - a.pnl);
  const best = ['best', byProfit[0]] as const;
  const chosen = all.length === 1 ? [best] : [best, ['worst', byProfit.at(-1)] as const, ['last', all.at(-1)] as const];
  const rows = chosen.map(([name, trade]) => [
    name,
    trade!.size < 0 ? 'short' : 'long',
    moment(trade!.entryTime),
    trade!.open ? 'open' : moment(trade!.exitTime),
    fixed(trade!.pnl, 2),
    figure(trade!.returns, 'fraction'),
  ]);
  const columns = ['', 'Side', 'Entered', 'Left', 'P&L', 'Return'];
  const [titles = '', ...lines] = table(
    columns.map((title, i) => ({ title, align: i < 2 ? 'left' : 'right' })),
    rows,
  );
  const shown = all.length < tradeCount ? ` (of the first ${fixed(all.length, 0)})` : '';
  return [
    `${paint.bold('Trades')}  ${fixed(tradeCount, 0)}${shown}`,
    `  ${paint.faint(titles)}`,
    ...lines.map((line) => `  ${line}`),
    orders,
  ];
}

/** The symbols that brought most and least, where there are several. */
function symbols({ symbols: all }: Report, paint: Paint): string[] {
  if (all.length === 0) return [];
  const byProfit = [...all].sort((a, b) => b.pnl - a.pnl);
  const shown =
    byProfit.length <= 2 * symbolsShown
      ? byProfit
      : [...byProfit.slice(0, symbolsShown), ...byProfit.slice(-symbolsShown)];
  const rows = shown.map(({ symbol, bars, missing, trades: count, pnl }) => [
    printable(symbol),
    fixed(bars, 0),
    fixed(missing, 0),
    fixed(count, 0),
    fixed(pnl, 2),
  ]);
  const columns = ['Symbol', 'Bars', 'Missing', 'Trades', 'P&L'];
  const [titles = '', ...lines] = table(
    columns.map((title, i) => ({ title, align: i < 1 ? 'left' : 'right' })),
    rows,
  );
  const most = shown.length < all.length ? `  the ${symbolsShown} best and worst of ${fixed(all.length, 0)}` : '';
  return [`${paint.bold('Symbols')}${most}`, `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)];
}

function costs({ costs: paid }: Report, paint: Paint): string[] {
  const rows = costsInWords(paid);
  if (rows.length === 0) return [];
  return [
    paint.bold('Costs paid'),
    ...rows.map(([name, text]) => `  ${name.padEnd(labelWidth)}${text.padStart(valueWidth)}`),
  ];
}

function actions({ actions: taken }: Report, paint: Paint): string[] {
  const rows = actionsInWords(taken);
  if (rows.length === 0) return [];
  return [
    paint.bold('Splits, dividends, delistings'),
    ...rows.map(([name, text]) => `  ${name.padEnd(labelWidth)}${text.padStart(valueWidth)}`),
  ];
}

function settings({ manifest }: Report, paint: Paint): string[] {
  if (manifest === null) return [];
  return [
    paint.bold('Settings'),
    ...[...pricesInWords(manifest), ...settingsInWords(manifest.settings)].map(
      ([name, text]) => `  ${name.padEnd(labelWidth)}${text}`,
    ),
  ];
}

function warnings({ warnings: said }: Report, paint: Paint): string[] {
  if (said.length === 0) return [];
  return [paint.yellow(paint.bold('Before you believe it')), ...said.map((text) => `  ${printable(text)}`)];
}

function hashes({ manifestHash, orderListHash, environment, ledger }: Report, paint: Paint): string[] {
  const counted = ledger
    ? [`${paint.faint('Trials    ')}  ${fixed(ledger.trials, 0)} of "${printable(ledger.family)}" so far`]
    : [];
  return [
    `${paint.faint('Order list')}  ${orderListHash ?? '–'}`,
    `${paint.faint('Manifest  ')}  ${manifestHash ?? '–'}`,
    `${paint.faint('Sandbox   ')}  wall: ${environment.wall}`,
    ...counted,
  ];
}
