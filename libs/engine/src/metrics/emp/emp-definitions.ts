import { define } from '../definition.js';

const stats = 'empyrical';

/** In the order in which a report shows them. */
export const empDefinitions = {
  ...define('return', {
    totalReturn: ['Cumulative return', 'fraction', 'Π(1 + r) − 1', `${stats} cum_returns_final`],
    annualReturn: ['Annual return', 'fraction', '(Π(1 + r))^(A / n) − 1', `${stats} annual_return`],
  }),
  ...define('risk', {
    volatility: ['Annual volatility', 'fraction', 's(r) · √A', `${stats} annual_volatility`],
    maxDrawdown: ['Max drawdown', 'fraction', 'min(P / cummax(P) − 1), P from 100 on', `${stats} max_drawdown`],
    downsideRisk: ['Downside risk', 'fraction', '√mean(min(r, 0)²) · √A', `${stats} downside_risk`],
    valueAtRisk95: ['Value at risk', 'fraction', '5 % percentile of r, linear', `${stats} value_at_risk`],
    conditionalValueAtRisk95: [
      'Conditional value at risk',
      'fraction',
      'mean of the ⌊(n − 1) · 0.05⌋ + 1 lowest r',
      `${stats} conditional_value_at_risk`,
    ],
  }),
  ...define('ratio', {
    sharpe: ['Sharpe ratio', 'ratio', 'mean(r) / s(r) · √A', `${stats} sharpe_ratio`],
    sortino: ['Sortino ratio', 'ratio', 'mean(r) · A / downside risk; ∞ without a loss', `${stats} sortino_ratio`],
    calmar: ['Calmar ratio', 'ratio', 'annual return / |max drawdown|; NaN without one', `${stats} calmar_ratio`],
    omega: ['Omega ratio', 'ratio', 'Σ r⁺ / |Σ r⁻|', `${stats} omega_ratio`],
    tailRatio: ['Tail ratio', 'ratio', '|95 % percentile| / |5 % percentile|', `${stats} tail_ratio`],
    stability: ['Stability', 'ratio', 'R² of cumulative log returns over time', `${stats} stability_of_timeseries`],
  }),
  ...define('benchmark', {
    beta: ['Beta', 'ratio', 'cov(r, b) / var(b), population moments', `${stats} beta`],
    alpha: ['Alpha', 'fraction', '(1 + mean(r − β · b))^A − 1', `${stats} alpha`],
    excessSharpe: ['Excess Sharpe', 'ratio', 'mean(r − b) / s(r − b), not annualised', `${stats} excess_sharpe`],
  }),
};
