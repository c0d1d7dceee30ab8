import { fixed } from '../figure.js';
import type { Manifest } from '../manifest.js';
import type { PriceBasis } from '../price-basis.js';
import type { ReportActions } from '../report.js';
import type { WordRow } from './run-in-words.js';

const bases = {
  'as-stored': 'as stored; no split or dividend carried out',
  raw: 'raw, as they were traded; splits and dividends carried out',
  'split-adjusted': 'adjusted for splits, later ones too; dividends paid in cash',
  'total-return': 'adjusted for splits and dividends, later ones too; none paid in cash',
} satisfies Record<PriceBasis, string>;

/** What the prices of a run were. */
export function pricesInWords({ data }: Manifest): WordRow[] {
  return [...new Set(data.map(({ adjustment }) => adjustment))].map((adjustment) => ['Prices', bases[adjustment]]);
}

/** The corporate actions that a run carried out, kind by kind; what never came is left out. */
export function actionsInWords(actions: ReportActions | undefined): WordRow[] {
  if (actions === undefined) return [];
  const rows: readonly (readonly [string, number, number])[] = [
    ['Dividends received', actions.dividendsReceived, 2],
    ['Dividends paid on shorts', actions.dividendsPaid, 2],
    ['Splits', actions.splits, 0],
    ['Cash in lieu of fractions', actions.cashInLieu, 2],
    ['Delistings', actions.delistings, 0],
  ];
  return rows
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount, digits]): WordRow => [name, fixed(amount, digits)]);
}
