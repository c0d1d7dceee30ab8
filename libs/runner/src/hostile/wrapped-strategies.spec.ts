import { expect, test } from '@jest/globals';
import { transform } from 'esbuild';
import { wrappedStrategies } from './wrapped-strategies.js';

test('SAFETY bar 4: every hostile strategy is a program in each of its wrappings, and no two are the same', async () => {
  const wrapped = wrappedStrategies(85);
  const texts = wrapped.map(({ source }) => source.files[source.entry] ?? '');
  const isProgram = await Promise.all(
    texts.map((text) =>
      transform(text, { loader: 'ts', logLevel: 'silent' }).then(
        () => true,
        () => false,
      ),
    ),
  );
  expect(wrapped.filter((_, at) => !isProgram[at]).map(({ name }) => name)).toEqual([]);
  expect([wrapped.length, new Set(texts).size]).toEqual([1020, 1020]);
});
