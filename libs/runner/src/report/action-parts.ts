import type { ReportActions } from '@quarry/contracts';
import type { BacktestResult, Bars } from '@quarry/engine/host';

const maxListed = 100;

/** The corporate actions that a run carried out; undefined where none found anything held or waiting. */
export function actionParts({ actions, dividends }: BacktestResult, bars: readonly Bars[]): ReportActions | undefined {
  if (actions.length === 0) return undefined;
  const count = (kind: string) => actions.filter((action) => action.kind === kind).length;
  return {
    dividendsReceived: dividends.received,
    dividendsPaid: dividends.paid,
    splits: count('split'),
    cashInLieu: actions.reduce((sum, { kind, cash }) => (kind === 'cash-in-lieu' ? sum + cash : sum), 0),
    delistings: count('delisting'),
    list: actions.slice(0, maxListed).map(({ series, bar, kind, value, cash }) => ({
      symbol: bars[series]!.symbol,
      time: bars[series]!.time[bar]!,
      ...{ kind, value, cash },
    })),
  };
}
