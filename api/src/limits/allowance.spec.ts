import { expect, test } from '@jest/globals';
import { limitsWithin } from './allowance.js';

const allowance = {
  userRequestsPerMinute: 600,
  requestsPerMinute: 6_000,
  concurrentSlices: 8,
  workerSecondsPerDay: 86_400,
  storageBytes: 1e9,
};

test('a team’s own limit holds where it is lower, what is allowed where it is higher or missing', () => {
  expect(limitsWithin(allowance, { concurrentSlices: 2, storageBytes: 1e12, requestsPerMinute: null })).toEqual({
    ...allowance,
    concurrentSlices: 2,
  });
});
