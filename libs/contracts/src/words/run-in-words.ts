import { fixed, moment } from '../figure.js';
import type { Manifest } from '../manifest.js';
import type { ParamValues } from '../params.js';
import type { ReportCosts, ReportTrade } from '../report.js';
import type { BacktestSettings } from '../settings.js';

/** A name and what stands beside it, such as a setting. */
export type WordRow = readonly [name: string, text: string];

const paths: Readonly<Record<BacktestSettings['path'], string>> = {
  certain: 'what its four prices prove; of stop loss and take profit, the stop loss',
  'ohlc-path': 'open, high, low, close',
  'adaptive-path': 'to the extreme nearer to the open first',
  pessimistic: 'against the position first',
};

/** What a fill costs and how the account is run, as people say it. */
export function settingsInWords(settings: BacktestSettings): WordRow[] {
  return [
    ['Cash', fixed(settings.cash, 2)],
    ['Commission', commission(settings.commission)],
    ['Spread', spread(settings.spread)],
    ['Slippage', slippage(settings.slippage)],
    ...holdingInWords(settings),
    ['Fill', settings.fill === 'next-open' ? 'open of the next bar' : 'close of the same bar'],
    ['Within a bar', paths[settings.path]],
    ['Volume cap', settings.volumeCap === null ? 'none' : `${share(settings.volumeCap)} of a bar's volume`],
    settings.margin ? ['Margin', margin(settings.margin)] : ['Leverage', `${settings.leverage} : 1`],
    ...(settings.risk ?? []).map((rule): WordRow => ['Risk rule', riskRule(rule)]),
    ['Units', settings.units],
    ['Orders', settings.exclusiveOrders ? 'exclusive: an entry first closes what is open' : 'independent'],
    ['At the end', settings.atEnd === 'mark' ? 'open trades marked at the last close' : 'closed at the last open'],
    ['Seed', String(settings.seed)],
  ];
}

const costNames = {
  commission: 'Commission',
  slippage: 'Slippage',
  spread: 'Spread',
  borrow: 'Borrow fees',
  interest: 'Interest',
  funding: 'Funding',
} satisfies Record<keyof ReportCosts, string>;

/** What the run paid, kind by kind; what was never charged is left out. */
export function costsInWords(costs: ReportCosts | undefined): WordRow[] {
  if (costs === undefined) return [];
  return Object.entries(costNames)
    .map(([kind, name]) => [name, costs[kind as keyof ReportCosts]] as const)
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount]): WordRow => [name, fixed(amount, 2)]);
}

/** What a trade paid: "Commission 2.00, borrow fee 0.31"; empty where it paid nothing. */
export function tradeCostsInWords({ commission, costs }: ReportTrade): string {
  const paid = { ...{ slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 }, ...costs, commission };
  return costsInWords(paid)
    .map(([name, amount], i) => `${i === 0 ? name : name.toLowerCase()} ${amount}`)
    .join(', ');
}

/** Which data a run read. */
export function dataInWords({ data }: Manifest): WordRow[] {
  return data.map(({ dataset, symbols, interval, from, to }): WordRow => {
    const range = from === null && to === null ? 'all of it' : `${edge(from, 'its start')} to ${edge(to, 'its end')}`;
    return ['Data', `${dataset}: ${symbols.join(', ')}, ${interval} bars, ${range}`];
  });
}

export function paramsInWords(params: ParamValues): WordRow[] {
  return Object.entries(params).map(([name, value]): WordRow => [name, String(value)]);
}

/** What names the run: equal hashes, equal run. */
export function hashesInWords(
  manifest: Manifest,
  manifestHash: string | null,
  orderListHash: string | null,
): WordRow[] {
  return [
    ['Manifest', manifestHash ?? '–'],
    ['Order list', orderListHash ?? '–'],
    ['Strategy', manifest.strategy],
    ...manifest.data.map(({ dataset, version }): WordRow => [`Data ${dataset}`, version]),
    ['Engine', manifest.engine],
    ['Node', manifest.node],
  ];
}

function commission(model: BacktestSettings['commission']): string {
  switch (model.kind) {
    case 'none':
      return 'none';
    case 'fraction':
      return `${share(model.rate)} of the traded value, each way`;
    case 'per-order':
      return `${model.amount} per order`;
    case 'per-unit':
      return `${model.amount} per unit${model.minimum > 0 ? `, at least ${model.minimum}` : ''}`;
    case 'tiered':
      return `${model.tiers.map(({ from, rate }) => `${model.by === 'value' ? share(rate) : `${rate} per unit`} from ${from}`).join(', ')}, by ${model.by} traded so far`;
    case 'maker-taker':
      return `${share(model.maker)} of the value as maker, ${share(model.taker)} as taker`;
  }
}

function spread(model: BacktestSettings['spread']): string {
  if (model.kind === 'none') return 'none';
  const size = `${share(model.rate)} of the price`;
  return model.kind === 'fraction' ? `${size}, half on each side` : `${size}, at entry only`;
}

function slippage(model: BacktestSettings['slippage']): string {
  switch (model.kind) {
    case 'none':
      return 'none';
    case 'fraction':
      return `${share(model.rate)} of the price`;
    case 'fixed':
      return `${model.amount} per unit`;
    case 'volume-share':
      return `${model.impact} × (share of the bar's volume, up to ${share(model.limit)})²`;
    case 'square-root':
      return `${model.factor} × volatility × √(size / mean volume) of ${model.window} bars`;
  }
}

/** What holding costs, where it costs anything. */
function holdingInWords({ borrow, interest, funding }: BacktestSettings): WordRow[] {
  const rows: WordRow[] = [];
  if (borrow) rows.push(['Borrow fee', `${share(borrow.rate)} a year of what is sold short`]);
  if (interest) rows.push(['Interest', `${share(interest.rate)} a year on borrowed cash`]);
  if (funding) {
    const from = funding.kind === 'column' ? `column "${funding.column}", else ` : '';
    rows.push(['Funding', `${from}${share(funding.rate)} every ${funding.hours} hours, paid by longs`]);
  }
  return rows;
}

function margin({ kind, initial, maintenance }: NonNullable<BacktestSettings['margin']>): string {
  const when = kind === 'at-once' ? 'that close' : 'the next open';
  return `${share(initial)} to open, ${share(maintenance)} to hold; below it closed at ${when}`;
}

function riskRule(rule: NonNullable<BacktestSettings['risk']>[number]): string {
  switch (rule.kind) {
    case 'buying-power':
      return 'the money is free when an order is given';
    case 'position-limit':
      return `at most ${rule.of === 'equity' ? `${share(rule.most)} of equity` : `${rule.most} ${rule.of === 'units' ? 'units' : 'in value'}`} held of a symbol`;
    case 'order-limit':
      if (rule.of === 'orders-per-day') return `at most ${rule.most} orders a day`;
      return `at most ${rule.most} ${rule.of === 'units' ? 'units' : 'in value'} an order`;
    case 'price-band':
      return `prices at most ${share(rule.away)} from the last close`;
    case 'drawdown-halt':
      return `no entry${rule.close ? ', all closed,' : ''} after a drawdown of ${share(rule.drawdown)}`;
    case 'cooldown':
      return rule.after === 'loss'
        ? `no entry for ${rule.bars} bars after a losing trade`
        : `a halt ends after ${rule.bars} bars`;
    case 'kill-switch':
      return `all closed at a loss of ${share(rule.loss)} in a day, for ${rule.until === 'next-day' ? 'that day' : 'the rest of the run'}`;
  }
}

/** A rate in basis points below one percent, in percent from there on. */
function share(rate: number): string {
  const tidy = (value: number) => String(Number(value.toPrecision(10)));
  return rate < 0.01 ? `${tidy(rate * 10_000)} bp` : `${tidy(rate * 100)} %`;
}

function edge(microseconds: number | null, otherwise: string): string {
  return microseconds === null ? otherwise : moment(microseconds);
}
