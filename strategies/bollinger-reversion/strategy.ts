import { bollinger, crossedBelow, defineStrategy, float, int } from '@quarry/engine';

/**
 * The idea: a close below the lower band is an exaggeration; buy it with a bracket, the profit taken at the average and
 * the loss cut at a like distance below.
 * Source: the bands are J. Bollinger's, Bollinger on Bollinger Bands (2001), who warns that a touch of a band is no
 * signal by itself; this is the popular use of them all the same.
 * Weakness: volatility clusters, so the band is often broken where a fall begins rather than where it ends. The target
 * stands still while the average moves on, and how wide the stop should be is a guess.
 */
export default defineStrategy({
  name: 'Bollinger reversion',
  description: 'Buys a close below the lower band, with a bracket to the average and as far below.',
  params: {
    window: int(20, { min: 5, max: 200, description: 'Bars of the average' }),
    deviations: float(2, { min: 0.5, max: 4, step: 0.25, description: 'Width of the bands, in standard deviations' }),
    stop: float(1, {
      min: 0.25,
      max: 5,
      step: 0.25,
      description: 'Stop loss, as a multiple of the way to the average',
    }),
    fraction: float(0.5, { min: 0.05, max: 1, step: 0.05, description: 'Share of the free money in a trade' }),
  },
  init: ({ bars, params }) => bollinger(bars.close, params.window, params.deviations),
  next({ buy, position, bars, params }, { middle, lower }) {
    if (position.size !== 0 || !crossedBelow(bars.close, lower)) return;
    const price = bars.close.now;
    const reach = middle.now - price;
    buy({ fraction: params.fraction, takeProfit: middle.now, stopLoss: price - params.stop * reach });
  },
});
