import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { StrategySource } from '@quarry/contracts';
import { exampleStrategies } from './example-strategies.js';

const directory = fileURLToPath(new URL('../../../strategies', import.meta.url));

test('the strategies that Quarry brings are read with names for people, and without their suites', async () => {
  const examples = await exampleStrategies(directory);
  expect(examples.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['SMA crossover', 'RSI mean reversion', 'Buy and hold', 'Time of day']),
  );
  expect(examples.every(({ source }) => StrategySource.safeParse(source).success)).toBe(true);
  expect(examples.flatMap(({ source }) => Object.keys(source.files)).filter((file) => file.includes('spec'))).toEqual(
    [],
  );
});

test('where there is no such folder, there are no examples', async () => {
  expect(await exampleStrategies(`${directory}/none`)).toEqual([]);
});
