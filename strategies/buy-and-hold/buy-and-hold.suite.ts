import { defineSuite } from '@quarry/engine';

export default defineSuite({
  tests: {
    'on the S&P 500 it does what was recorded': {
      data: 'sp500',
      settings: { commission: { kind: 'fraction', rate: 0.0002 }, slippage: { kind: 'fraction', rate: 0.0001 } },
      recorded: true,
    },
    'it buys once, whatever the market does': {
      data: { closes: Array(300).fill(10) },
      expect: { trades: 1, sides: ['long'] },
    },
  },
});
