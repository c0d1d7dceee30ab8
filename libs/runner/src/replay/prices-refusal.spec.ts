import { expect, test } from '@jest/globals';
import { priceBases, type DatasetInfo, type StoredPrices } from '@quarry/contracts';
import { pricesRefusal } from './prices-refusal.js';

const possible = (prices: StoredPrices | undefined) =>
  priceBases.filter((wanted) => pricesRefusal({ name: 'd', prices } as DatasetInfo, wanted) === null);

test('raw and split-adjusted prices become all others; what nobody knows, or has dividends in it, none', () => {
  expect(possible('raw')).toEqual(['as-stored', 'raw', 'split-adjusted', 'total-return']);
  expect(possible('split-adjusted')).toEqual(['as-stored', 'raw', 'split-adjusted', 'total-return']);
  expect(possible('total-return')).toEqual(['as-stored', 'total-return']);
  expect(possible(undefined)).toEqual(['as-stored']);
});
