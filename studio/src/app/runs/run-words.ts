import type { Run } from '@quarry/contracts';

/** Where a run is looked at: a backtest beside its code, the others on a page of their own. */
export function addressOf({ id, kind, strategyId }: Run): { link: string[]; query: Record<string, string> } | null {
  if (kind === 'check' || kind === 'ingest') return null;
  if (kind === 'backtest') return { link: ['/strategies', strategyId ?? ''], query: { run: id } };
  return { link: ['/runs', id], query: {} };
}

export function isLive({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}
