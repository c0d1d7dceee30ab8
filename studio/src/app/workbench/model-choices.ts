import type { BacktestSettings } from '@quarry/contracts';

/** A number of a model, by its place in it (`tiers.1.from`), and how people type it. */
export interface NumberPlace {
  readonly path: string;
  readonly label: string;
  /** A fraction inside is typed in basis points or percent. */
  readonly unit: 'bp' | 'percent' | 'plain';
}

/** One of the models that can be chosen, as it is when it is chosen, with the numbers that may then be changed. */
export interface ModelChoice<T> {
  readonly label: string;
  readonly model: T;
  readonly places: readonly NumberPlace[];
}

type Of<K extends keyof BacktestSettings> = NonNullable<BacktestSettings[K]>;
export type RiskRule = Of<'risk'>[number];

const place = (path: string, label: string, unit: NumberPlace['unit'] = 'plain'): NumberPlace => ({
  path,
  label,
  unit,
});
const aYear = (model: { readonly kind: 'annual'; readonly rate: number }) => [
  { label: 'By the year', model, places: [place('rate', 'Rate a year, %', 'percent')] },
];

export const commissionChoices: readonly ModelChoice<Of<'commission'>>[] = [
  {
    label: 'Maker and taker',
    model: { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 },
    places: [place('maker', 'Maker, bp', 'bp'), place('taker', 'Taker, bp', 'bp')],
  },
  {
    label: 'By value traded',
    model: {
      kind: 'tiered',
      by: 'value',
      tiers: [
        { from: 0, rate: 0.001 },
        { from: 1_000_000, rate: 0.0005 },
      ],
    },
    places: [
      place('tiers.0.rate', 'Rate at first, bp', 'bp'),
      place('tiers.1.rate', 'Rate later, bp', 'bp'),
      place('tiers.1.from', 'Later from a value of'),
    ],
  },
  {
    label: 'By units traded',
    model: {
      kind: 'tiered',
      by: 'units',
      tiers: [
        { from: 0, rate: 0.005 },
        { from: 100_000, rate: 0.003 },
      ],
    },
    places: [
      place('tiers.0.rate', 'Per unit at first'),
      place('tiers.1.rate', 'Per unit later'),
      place('tiers.1.from', 'Later from units'),
    ],
  },
];

export const slippageChoices: readonly ModelChoice<Of<'slippage'>>[] = [
  { label: 'Per unit', model: { kind: 'fixed', amount: 0.01 }, places: [place('amount', 'Amount per unit')] },
  {
    label: 'Share of volume',
    model: { kind: 'volume-share', impact: 0.1, limit: 0.025 },
    places: [place('impact', 'Price impact'), place('limit', 'Share up to, %', 'percent')],
  },
  {
    label: 'Square root',
    model: { kind: 'square-root', factor: 1, window: 20 },
    places: [place('factor', 'Factor'), place('window', 'Window, bars')],
  },
];

export const borrowChoices: readonly ModelChoice<Of<'borrow'>>[] = aYear({ kind: 'annual', rate: 0.03 });
export const interestChoices: readonly ModelChoice<Of<'interest'>>[] = aYear({ kind: 'annual', rate: 0.06 });

const fundingPlaces = [place('rate', 'Rate, bp', 'bp'), place('hours', 'Every so many hours')];
export const fundingChoices: readonly ModelChoice<Of<'funding'>>[] = [
  { label: 'Constant', model: { kind: 'constant', rate: 0.0001, hours: 8 }, places: fundingPlaces },
  {
    label: 'Column fundingRate',
    model: { kind: 'column', column: 'fundingRate', rate: 0.0001, hours: 8 },
    places: fundingPlaces,
  },
];

const marginPlaces = [place('initial', 'To open, %', 'percent'), place('maintenance', 'To hold, %', 'percent')];
export const marginChoices: readonly ModelChoice<Of<'margin'>>[] = [
  { label: 'Close at next open', model: { kind: 'next-open', initial: 0.5, maintenance: 0.25 }, places: marginPlaces },
  { label: 'Close at once', model: { kind: 'at-once', initial: 0.5, maintenance: 0.25 }, places: marginPlaces },
];

const most = (label: string, unit?: NumberPlace['unit']) => [place('most', label, unit)];
const drop = [place('drawdown', 'Drawdown, %', 'percent')];
const loss = [place('loss', 'Loss in a day, %', 'percent')];
export const riskChoices: readonly ModelChoice<RiskRule>[] = [
  { label: 'Buying power', model: { kind: 'buying-power' }, places: [] },
  { label: 'Units held', model: { kind: 'position-limit', of: 'units', most: 1_000 }, places: most('At most, units') },
  { label: 'Value held', model: { kind: 'position-limit', of: 'value', most: 50_000 }, places: most('At most') },
  {
    label: 'Share of equity held',
    model: { kind: 'position-limit', of: 'equity', most: 1 },
    places: most('At most, %', 'percent'),
  },
  { label: 'Units an order', model: { kind: 'order-limit', of: 'units', most: 1_000 }, places: most('At most, units') },
  { label: 'Value an order', model: { kind: 'order-limit', of: 'value', most: 50_000 }, places: most('At most') },
  { label: 'Orders a day', model: { kind: 'order-limit', of: 'orders-per-day', most: 10 }, places: most('At most') },
  {
    label: 'Price band',
    model: { kind: 'price-band', away: 0.05 },
    places: [place('away', 'From last close, %', 'percent')],
  },
  { label: 'Drawdown halt', model: { kind: 'drawdown-halt', drawdown: 0.2, close: false }, places: drop },
  { label: 'Drawdown halt, closing', model: { kind: 'drawdown-halt', drawdown: 0.2, close: true }, places: drop },
  { label: 'Pause after a loss', model: { kind: 'cooldown', after: 'loss', bars: 5 }, places: [place('bars', 'Bars')] },
  {
    label: 'End of a halt',
    model: { kind: 'cooldown', after: 'halt', bars: 100 },
    places: [place('bars', 'After bars')],
  },
  { label: 'Kill switch, for the day', model: { kind: 'kill-switch', loss: 0.03, until: 'next-day' }, places: loss },
  { label: 'Kill switch, for good', model: { kind: 'kill-switch', loss: 0.03, until: 'end-of-run' }, places: loss },
];

/** Which choice a model is: the one that differs from it by numbers and names alone; -1 where it is none of them. */
export function choiceOf<T>(choices: readonly ModelChoice<T>[], model: T | undefined): number {
  return choices.findIndex((choice) => shape(choice.model) === shape(model));
}

function shape(model: unknown): string {
  return JSON.stringify(model, (key, value: unknown) =>
    typeof value === 'number' || value === null || key === 'column' ? 0 : value,
  );
}

const perUnit = { bp: 1e-4, percent: 1e-2, plain: 1 } as const;

/** The number at a place, as people type it, without the dust of binary fractions. */
export function numberAt(model: unknown, { path, unit }: NumberPlace): number {
  const value = path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], model) as number;
  return Number((value / perUnit[unit]).toPrecision(12));
}

/** The same model with the number that was typed at a place. */
export function withNumber<T>(model: T, { path, unit }: NumberPlace, typed: number): T {
  const copy = structuredClone(model);
  const keys = path.split('.');
  const last = keys.pop()!;
  const part = keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], copy);
  (part as Record<string, number>)[last] = Number((typed * perUnit[unit]).toPrecision(12));
  return copy;
}
