import { expect, test } from '@jest/globals';
import { brokenLaws, played } from './run-laws.js';

const streams = 10_000;
const firstSeed = 1_000_000;

test(`${streams} streams of orders under all costs keep every law of money (seeds from ${firstSeed} on)`, () => {
  const broken: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + streams; seed++) {
    const run = played(seed);
    for (const law of brokenLaws(run)) broken.push(`seed ${seed}: not so: ${law}`);
    const same = JSON.stringify(run.own) === JSON.stringify(run.result);
    if (!same) broken.push(`seed ${seed}: the guest's records are not the replay's`);
  }
  expect(broken).toEqual([]);
}, 900_000);
