import { expect, test } from '@jest/globals';
import { firstOf } from './trade-words.js';

test('numbers are as long as it takes to tell two trades apart', () => {
  const trade = (size: string, price: string) => `${size} SPX from ${price} at bar 52`;
  expect(firstOf([trade('68.56500441447896', '1458.469971')], [trade('68.56500441447896', '1427.469971')])).toEqual({
    index: 0,
    a: '68.565 SPX from 1458.47 at bar 52',
    b: '68.565 SPX from 1427.47 at bar 52',
  });
  expect(firstOf([trade('1.00000000000001', '10')], [trade('1.00000000000002', '10')])).toMatchObject({
    a: '1.00000000000001 SPX from 10 at bar 52',
    b: '1.00000000000002 SPX from 10 at bar 52',
  });
});

test('a symbol with digits keeps its name', () => {
  expect(firstOf(['1.5 ES1.2345678 at bar 1'], [])).toEqual({ index: 0, a: '1.5 ES1.2345678 at bar 1', b: null });
});

test('equal lists differ nowhere', () => {
  expect(firstOf(['a'], ['a'])).toBeNull();
});
