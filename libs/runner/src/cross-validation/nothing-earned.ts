import type { ReturnFigures } from '@quarry/contracts';

const values: Partial<Record<keyof ReturnFigures, number>> = {
  ...{ sharpe: 0, sortino: 0, calmar: 0, totalReturn: 0, annualReturn: 0 },
  omega: 1,
};

/** What an objective is for an account that earns nothing; null for one that does not tell gain from loss. */
export function nothingEarned(objective: string): number | null {
  return values[objective as keyof ReturnFigures] ?? null;
}
