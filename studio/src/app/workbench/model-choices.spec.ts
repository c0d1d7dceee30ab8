import { expect, test } from '@jest/globals';
import { BacktestSettings } from '@quarry/contracts';
import * as tables from './model-choices';
import { choiceOf, commissionChoices, fundingChoices, numberAt, riskChoices, withNumber } from './model-choices';

test('every model that can be chosen can be run as it is, and is known again', () => {
  const settings = [
    ...commissionChoices.map(({ model }) => ({ commission: model })),
    ...tables.slippageChoices.map(({ model }) => ({ slippage: model })),
    ...tables.borrowChoices.map(({ model }) => ({ borrow: model })),
    ...tables.interestChoices.map(({ model }) => ({ interest: model })),
    ...fundingChoices.map(({ model }) => ({ funding: model })),
    ...tables.marginChoices.map(({ model }) => ({ margin: model })),
    { risk: riskChoices.map(({ model }) => model) },
  ];
  expect(settings.map((one) => BacktestSettings.safeParse(one).error?.issues ?? null)).toEqual(
    settings.map(() => null),
  );
  expect(riskChoices.map(({ model }) => choiceOf(riskChoices, model))).toEqual(riskChoices.map((_, i) => i));
});

test('rates are typed in basis points and kept as fractions, also within tiers', () => {
  const { model, places } = commissionChoices[1]!;
  const dearer = withNumber(model, places[1]!, 7);
  expect([numberAt(dearer, places[1]!), dearer]).toEqual([
    7,
    {
      kind: 'tiered',
      by: 'value',
      tiers: [
        { from: 0, rate: 0.001 },
        { from: 1_000_000, rate: 0.0007 },
      ],
    },
  ]);
});

test('a number that was emptied leaves the model what it is', () => {
  expect(choiceOf(riskChoices, withNumber(riskChoices[1]!.model, riskChoices[1]!.places[0]!, NaN))).toBe(1);
});
