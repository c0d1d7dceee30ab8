import type { DatasetInfo, Failure, PriceBasis } from '@quarry/contracts';

/** Why a dataset's prices cannot be what a run wants them to be; null where they can. */
export function pricesRefusal({ name, prices: stored }: DatasetInfo, wanted: PriceBasis): Failure | null {
  if (wanted === 'as-stored' || stored === wanted) return null;
  if (stored === undefined) {
    return badSelection(
      `${name} does not say what its prices are, so they cannot be made ${wanted}. Ingest it anew with its prices stated: raw, split-adjusted or total-return.`,
    );
  }
  if (stored !== 'total-return') return null;
  return badSelection(
    `The prices of ${name} are total-return: dividends are in them and cannot be taken out again, so they cannot be made ${wanted}. Ingest it anew from raw prices with their actions.`,
  );
}

function badSelection(message: string): Failure {
  return { code: 'bad-selection', message, position: null, diagnostics: [] };
}
