import { defineStrategy, int } from '@quarry/engine';

/** Workload W500: every so many days, all symbols ranked by their rise over a year, the best held in equal parts. */
export default defineStrategy({
  name: 'W500',
  params: { every: int(21), held: int(50), lookback: int(252, { max: 1000 }) },
  init: ({ series }) => ({ rises: new Float64Array(series.length) }),
  next({ index, series, account, params, buy, close, positionOf }, { rises }) {
    if (index % params.every !== 0) return;
    for (let i = 0; i < series.length; i++) {
      const one = series[i]!;
      const rise = one.isNew ? one.close.now / one.close.ago(params.lookback) : NaN;
      rises[i] = rise > 0 ? rise : 0;
    }
    const least = rises.slice().sort()[series.length - params.held]!;
    const value = (0.9 * account.equity) / params.held;
    for (let i = 0; i < series.length; i++) {
      const one = series[i]!;
      const isChosen = rises[i]! >= least && rises[i]! > 0;
      const { size } = positionOf(one);
      if (size > 0 && !isChosen) close({ on: one });
      else if (size === 0 && isChosen) buy({ on: one, size: value / one.close.now });
    }
  },
});
