import { defineSuite } from '@quarry/engine';

export default defineSuite({
  tests: {
    'on the generated dividends it does what was recorded': {
      data: 'dividends',
      symbols: 'all',
      settings: {
        commission: { kind: 'fraction', rate: 0.0002 },
        slippage: { kind: 'fraction', rate: 0.0001 },
        units: 'whole',
      },
      recorded: true,
    },
  },
});
