import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { MetricList } from '../metric-list.js';
import type { RunStudy } from '../run-study.js';

const sweeney =
  'Sweeney, Maximum Adverse Excursion (1996), before costs. With fills at the next open the bar of the entry counts whole and of the exit its price alone; with fills at the close only bars after the entry’s.';
const against = 'worst low (long) or high (short) while held against the entry price';
const along = 'best high (long) or low (short) while held against the entry price';

export const excursionDefinitions = define('trade', {
  averageAdverse: ['Average MAE', 'fraction', `mean of the ${against}`, sweeney],
  worstAdverse: ['Worst MAE', 'fraction', `the furthest ${against}`, sweeney],
  averageAdverseAmount: ['Average MAE, amount', 'currency', 'mean(MAE · units · entry price)', sweeney],
  worstAdverseAmount: ['Worst MAE, amount', 'currency', 'min(MAE · units · entry price)', sweeney],
  averageFavourable: ['Average MFE', 'fraction', `mean of the ${along}`, sweeney],
  bestFavourable: ['Best MFE', 'fraction', `the furthest ${along}`, sweeney],
  averageFavourableAmount: ['Average MFE, amount', 'currency', 'mean(MFE · units · entry price)', sweeney],
  bestFavourableAmount: ['Best MFE, amount', 'currency', 'max(MFE · units · entry price)', sweeney],
  givenBack: [
    'Average given back',
    'currency',
    'mean(MFE · units · entry price − (p + commission))',
    'End-trade drawdown, as Lean TradeStatistics.',
  ],
});

/** How far closed trades went against and for their holder; see `ExcursionWatch` for which bars count. */
export function excursionMetrics(study: RunStudy): Metric[] {
  const { trades } = study.run.result;
  const { adverse, favourable } = study.excursions;
  const { length, size, entryPrice, pnl, commission, open } = trades;
  let count = 0;
  let against = 0;
  let furthest = 0;
  let amountAgainst = 0;
  let furthestAmount = 0;
  let along = 0;
  let best = 0;
  let amountAlong = 0;
  let bestAmount = 0;
  let kept = 0;
  for (let i = 0; i < length; i++) {
    if (open[i] === 1) continue;
    const value = Math.abs(size[i]!) * entryPrice[i]!;
    const mae = adverse[i]!;
    const mfe = favourable[i]!;
    count++;
    against += mae;
    along += mfe;
    amountAgainst += mae * value;
    amountAlong += mfe * value;
    kept += pnl[i]! + commission[i]!;
    if (mae < furthest) furthest = mae;
    if (mfe > best) best = mfe;
    if (mae * value < furthestAmount) furthestAmount = mae * value;
    if (mfe * value > bestAmount) bestAmount = mfe * value;
  }
  const whole = (extreme: number): number => (count > 0 ? extreme : NaN);
  const basis = 'closed trades, bar highs and lows while held';
  return new MetricList(excursionDefinitions)
    .add('averageAdverse', against / count, basis)
    .add('worstAdverse', whole(furthest), basis)
    .add('averageAdverseAmount', amountAgainst / count, basis)
    .add('worstAdverseAmount', whole(furthestAmount), basis)
    .add('averageFavourable', along / count, basis)
    .add('bestFavourable', whole(best), basis)
    .add('averageFavourableAmount', amountAlong / count, basis)
    .add('bestFavourableAmount', whole(bestAmount), basis)
    .add('givenBack', (amountAlong - kept) / count, basis).metrics;
}
