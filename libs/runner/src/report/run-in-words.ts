import type { BacktestSettings, Manifest, ParamValues } from '@quarry/contracts';
import { fixed, moment } from '@quarry/contracts';

/** A name and what stands beside it. */
export type Row = readonly [name: string, text: string];

const paths: Readonly<Record<BacktestSettings['path'], string>> = {
  certain: 'what its four prices prove; of stop loss and take profit, the stop loss',
  'ohlc-path': 'open, high, low, close',
  'adaptive-path': 'to the extreme nearer to the open first',
  pessimistic: 'against the position first',
};

/** What a fill costs and how the account is run, as people say it. */
export function settingsInWords(settings: BacktestSettings): Row[] {
  return [
    ['Cash', fixed(settings.cash, 2)],
    ['Commission', commission(settings.commission)],
    ['Spread', spread(settings.spread)],
    ['Slippage', settings.slippage.kind === 'none' ? 'none' : `${share(settings.slippage.rate)} of the price`],
    ['Fill', settings.fill === 'next-open' ? 'open of the next bar' : 'close of the same bar'],
    ['Within a bar', paths[settings.path]],
    ['Volume cap', settings.volumeCap === null ? 'none' : `${share(settings.volumeCap)} of a bar's volume`],
    ['Leverage', `${settings.leverage} : 1`],
    ['Units', settings.units],
    ['Orders', settings.exclusiveOrders ? 'exclusive: an entry first closes what is open' : 'independent'],
    ['At the end', settings.atEnd === 'mark' ? 'open trades marked at the last close' : 'closed at the last open'],
    ['Seed', String(settings.seed)],
  ];
}

/** Which data a run read. */
export function dataInWords({ data }: Manifest): Row[] {
  return data.map(({ dataset, symbols, interval, from, to }): Row => {
    const range = from === null && to === null ? 'all of it' : `${edge(from, 'its start')} to ${edge(to, 'its end')}`;
    return ['Data', `${dataset}: ${symbols.join(', ')}, ${interval} bars, ${range}`];
  });
}

export function paramsInWords(params: ParamValues): Row[] {
  return Object.entries(params).map(([name, value]): Row => [name, String(value)]);
}

/** What names the run: equal hashes, equal run. */
export function hashesInWords(manifest: Manifest, manifestHash: string | null, orderListHash: string | null): Row[] {
  return [
    ['Manifest', manifestHash ?? '–'],
    ['Order list', orderListHash ?? '–'],
    ['Strategy', manifest.strategy],
    ...manifest.data.map(({ dataset, version }): Row => [`Data ${dataset}`, version]),
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
  }
}

function spread(model: BacktestSettings['spread']): string {
  if (model.kind === 'none') return 'none';
  const size = `${share(model.rate)} of the price`;
  return model.kind === 'fraction' ? `${size}, half on each side` : `${size}, at entry only`;
}

/** A rate in basis points below one percent, in percent from there on. */
function share(rate: number): string {
  const tidy = (value: number) => String(Number(value.toPrecision(10)));
  return rate < 0.01 ? `${tidy(rate * 10_000)} bp` : `${tidy(rate * 100)} %`;
}

function edge(microseconds: number | null, otherwise: string): string {
  return microseconds === null ? otherwise : moment(microseconds);
}
