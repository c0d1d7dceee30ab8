import { figure, type JsonNumber, type Run, type RunKind } from '@quarry/contracts';

/** Kinds of runs in words. */
export const kindWords = {
  backtest: 'Backtest',
  sweep: 'Sweep',
  'walk-forward': 'Walk-forward',
  'cross-validate': 'Cross-validation',
  'monte-carlo': 'Monte Carlo',
  prove: 'Proof',
  check: 'Check',
  ingest: 'Ingest',
  query: 'Query',
} satisfies Record<RunKind, string>;

/** What came of a run, in a few figures; why it failed; how far it is. */
export function outcomeWords({ state, failure, headline, progress }: Run): string {
  if (failure) return failure.message;
  if (state === 'running' && progress) {
    const best = progress.best ? `, best so far ${figure(progress.best.value, 'ratio')}` : '';
    return `${progress.done} of ${progress.total}${best}`;
  }
  const told: readonly (readonly [id: string, label: string, unit: 'fraction' | 'ratio' | 'count'])[] = [
    ['totalReturn', 'return', 'fraction'],
    ['sharpe', 'Sharpe', 'ratio'],
    ['deflatedSharpe', 'DSR', 'ratio'],
    ['terminal', 'median end', 'ratio'],
    ['maxDrawdown', 'drawdown', 'fraction'],
    ['findings', 'findings', 'count'],
  ];
  return told
    .flatMap(([id, label, unit]) =>
      headline?.[id] === undefined ? [] : [`${label} ${figure(headline[id] as JsonNumber, unit)}`],
    )
    .join(' · ');
}

/** Where a run is looked at: a backtest beside its code, the others on a page of their own. */
export function addressOf({ id, kind, strategyId }: Run): { link: string[]; query: Record<string, string> } | null {
  if (kind === 'check' || kind === 'ingest') return null;
  if (kind === 'backtest') return { link: ['/strategies', strategyId ?? ''], query: { run: id } };
  return { link: ['/runs', id], query: {} };
}

export function isLive({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}
