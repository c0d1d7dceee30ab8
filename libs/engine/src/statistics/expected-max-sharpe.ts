import { normalQuantile } from './normal-quantile.js';

/** Euler and Mascheroni's constant. */
const gamma = 0.5772156649015329;

/**
 * The Sharpe ratio that the best of N trials without skill is expected to show, 0 for a single one: the deviation of
 * ratios over trials times (1 - γ) Φ⁻¹(1 - 1/N) + γ Φ⁻¹(1 - 1/(N e)) (Bailey and López de Prado, The Deflated Sharpe
 * Ratio, Journal of Portfolio Management 40, 2014).
 *
 * @param trials how many independent trials there were, at least 1; an effective number need not be whole
 * @param deviation sample standard deviation (ddof 1) of their Sharpe ratios, in the same period as the answer
 */
export function expectedMaxSharpe(trials: number, deviation: number): number {
  requireTrials(trials);
  if (trials === 1) return 0;
  return deviation * ((1 - gamma) * normalQuantile(1 - 1 / trials) + gamma * normalQuantile(1 - 1 / (trials * Math.E)));
}

export function requireTrials(trials: number): void {
  if (!(trials >= 1 && trials < Infinity)) {
    throw new RangeError(`There were ${trials} trials; count every one that was tried, at least 1.`);
  }
}
