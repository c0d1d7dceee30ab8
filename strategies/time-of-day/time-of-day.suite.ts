import { defineSuite } from '@quarry/engine';

export default defineSuite({
  tests: {
    'on the generated minutes it does what was recorded': {
      data: 'minutes',
      settings: { commission: { kind: 'fraction', rate: 0.0002 }, slippage: { kind: 'fraction', rate: 0.0001 } },
      recorded: true,
    },
    'a market that stands still gives it nothing to do': {
      data: { closes: Array(300).fill(10) },
      expect: { trades: 0 },
    },
  },
});
