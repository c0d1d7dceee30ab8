import { atr, bollinger, defineStrategy, ema, macd, rsi, sma } from '@quarry/engine';

/** Workload W6: six indicators, and no bar. A run that ends in init is one whose time is theirs. */
export default defineStrategy({
  name: 'W6',
  init({ bars }) {
    const { close } = bars;
    const built = [sma(close, 20), ema(close, 20), rsi(close, 14), macd(close), bollinger(close, 20), atr(bars, 14)];
    throw new Error(`${built.length} indicators are built`);
  },
  next() {
    throw new Error('W6 runs no bar');
  },
});
